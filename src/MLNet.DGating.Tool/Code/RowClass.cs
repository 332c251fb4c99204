using System.Text;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Code;

/// <summary>The class ModelInput: a property for each column that the pipeline reads or learns.</summary>
internal sealed class RowClass
{
    private readonly (string Column, int Index, bool IsNumber, string Property)[] _properties;

    public RowClass(ModelDescription model)
    {
        List<(string Name, int Index, bool IsNumber)> columns =
        [
            .. model.Columns.Select(column => (column.Name, column.Index, column.Input.IsNumber)),
            (model.Label.Name, IndexOf(model, model.Label.Name), model.Label.Task == LearningTask.Regression),
        ];
        if (model.Weight is { } weight)
        {
            columns.Add((weight, IndexOf(model, weight), true));
        }

        columns.Sort((first, second) => first.Index.CompareTo(second.Index));
        string[] identifiers = CSharp.Identifiers(columns.Select(column => column.Name), "ModelInput");
        _properties = [.. columns.Zip(identifiers, (column, identifier) => (column.Name, column.Index, column.IsNumber, identifier))];
        LabelProperty = _properties.Single(property => property.Column == model.Label.Name).Property;
    }

    /// <summary>The property of the label.</summary>
    public string LabelProperty { get; }

    /// <summary>Returns the properties, each with the column that it is read from.</summary>
    public string Members()
    {
        var text = new StringBuilder();
        foreach ((string column, int index, bool isNumber, string property) in _properties)
        {
            text.Append(text.Length == 0 ? "" : "\n")
                .Append($"            [LoadColumn({index})]\n")
                .Append($"            [ColumnName({CSharp.Literal(column)})]\n")
                .Append($"            public {(isNumber ? "float" : "string")} {property} {{ get; set; }}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static int IndexOf(ModelDescription model, string column) => model.Source.ColumnNames.ToList().IndexOf(column);
}
