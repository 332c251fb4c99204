using System.Text;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Code;

/// <summary>The classes ModelInput, with a property for each column that is read, and TrainingInput, with what is learned too.</summary>
internal sealed class RowClass
{
    private readonly (string Column, int Index, bool IsNumber, string Property)[] _read, _learned;

    public RowClass(ModelDescription model)
    {
        (string Name, int Index, bool IsNumber)[] read =
            [.. model.ReadColumns.Select(column => (column.Name, column.Index, column.Input.IsNumber)).OrderBy(column => column.Index)];
        List<(string Name, int Index, bool IsNumber)> learned =
            [(model.Label.Name, IndexOf(model, model.Label.Name), model.Label.Task == LearningTask.Regression)];
        if (model.Weight is { } weight)
        {
            learned.Add((weight, IndexOf(model, weight), true));
        }

        learned.Sort((first, second) => first.Index.CompareTo(second.Index));
        string[] identifiers = CSharp.Identifiers(read.Concat(learned).Select(column => column.Name), "ModelInput", "TrainingInput");
        (string Column, int Index, bool IsNumber, string Property)[] all =
        [
            .. read.Concat(learned).Zip(identifiers, (column, identifier) => (column.Name, column.Index, column.IsNumber, identifier)),
        ];
        (_read, _learned) = (all[..read.Length], all[read.Length..]);
        LabelProperty = _learned.Single(property => property.Column == model.Label.Name).Property;
    }

    /// <summary>The property of the label.</summary>
    public string LabelProperty { get; }

    /// <summary>Returns the properties of ModelInput, each with the column that it is read from.</summary>
    public string InputMembers() => Members(_read);

    /// <summary>Returns the properties that TrainingInput has besides.</summary>
    public string LearnedMembers() => Members(_learned);

    private static string Members((string Column, int Index, bool IsNumber, string Property)[] properties)
    {
        var text = new StringBuilder();
        foreach ((string column, int index, bool isNumber, string property) in properties)
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
