using System.Text;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Code;

/// <summary>The class ModelInput: a property for each column that the pipeline reads or learns.</summary>
internal sealed class RowClass
{
    private readonly (string Column, int Index, string Type, string Property)[] _properties;

    private readonly HashSet<string> _dates;

    public RowClass(ModelDescription model)
    {
        _dates = [.. model.Columns.Where(column => column.Input.Kind == InputKind.Date).Select(column => column.Name)];
        PipelineNames names = model.Names;
        List<(string Column, string Source, string Type)> columns =
        [
            .. model.Columns.Select(column => (column.Name, column.Name, TypeOf(column.Input.Kind))),
            (names.Label, model.Label.Name, model.Label.Task == LearningTask.Regression ? "float" : "string"),
        ];
        if (names.Weight is { } weight)
        {
            columns.Add((weight, model.Weight!, "float"));
        }

        List<string> sources = [.. model.Source.ColumnNames];
        columns.Sort((first, second) => sources.IndexOf(first.Source).CompareTo(sources.IndexOf(second.Source)));
        string[] identifiers = CSharp.Identifiers(columns.Select(column => column.Source), "ModelInput");
        _properties =
        [
            .. columns.Zip(identifiers, (column, identifier) => (column.Column, sources.IndexOf(column.Source), column.Type, identifier)),
        ];
        LabelProperty = _properties.Single(property => property.Column == names.Label).Property;
    }

    /// <summary>The property of the label.</summary>
    public string LabelProperty { get; }

    /// <summary>Returns the properties, each with the column that it is read from.</summary>
    public string Members()
    {
        var text = new StringBuilder();
        foreach ((string column, int index, string type, string property) in _properties)
        {
            text.Append(text.Length == 0 ? "" : "\n")
                .Append(_dates.Contains(column) ? "            /// <summary>A date, as yyyy-MM-dd or yyyy-MM-dd HH:mm:ss.</summary>\n" : "")
                .Append($"            [LoadColumn({index})]\n")
                .Append($"            [ColumnName({CSharp.Literal(column)})]\n")
                .Append($"            public {type} {property} {{ get; set; }}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string TypeOf(InputKind kind) => kind switch
    {
        InputKind.Single => "float",
        InputKind.Double => "double",
        _ => "string",
    };
}
