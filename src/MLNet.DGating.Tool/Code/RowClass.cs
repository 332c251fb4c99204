using System.Text;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Code;

/// <summary>The classes ModelInput, with a property for each column that is read, and TrainingInput, with what is learned too.</summary>
internal sealed class RowClass
{
    private readonly (string Column, int Index, string Type, string Property)[] _read, _learned;

    private readonly HashSet<string> _dates;

    public RowClass(ModelDescription model)
    {
        _dates = [.. model.Columns.Where(column => column.Input.Kind == InputKind.Date).Select(column => column.Name)];
        PipelineNames names = model.Names;
        List<string> sources = [.. model.Source.ColumnNames];
        (string Column, string Source, string Type)[] read =
        [
            .. model.ReadColumns.Select(column => (column.Name, column.Name, TypeOf(column.Input.Kind)))
                .OrderBy(column => sources.IndexOf(column.Item2)),
        ];
        List<(string Column, string Source, string Type)> learned =
            [(names.Label, model.Label.Name, model.Label switch
            {
                { Task: not LearningTask.Regression } => "string",
                { Centre: null } => "float",
                _ => "double",
            })];
        if (names.Weight is { } weight)
        {
            learned.Add((weight, model.Weight!, "float"));
        }

        learned.Sort((first, second) => sources.IndexOf(first.Source).CompareTo(sources.IndexOf(second.Source)));
        string[] identifiers = CSharp.Identifiers(read.Concat(learned).Select(column => column.Source), "ModelInput", "TrainingInput");
        (string Column, int Index, string Type, string Property)[] all =
        [
            .. read.Concat(learned).Zip(identifiers, (column, identifier) =>
                (column.Column, sources.IndexOf(column.Source), column.Type, identifier)),
        ];
        (_read, _learned) = (all[..read.Length], all[read.Length..]);
        LabelProperty = _learned.Single(property => property.Column == names.Label).Property;
    }

    /// <summary>The property of the label.</summary>
    public string LabelProperty { get; }

    /// <summary>Returns the properties of ModelInput, each with the column that it is read from.</summary>
    public string InputMembers() => Members(_read);

    /// <summary>Returns the properties that TrainingInput has besides.</summary>
    public string LearnedMembers() => Members(_learned);

    private string Members((string Column, int Index, string Type, string Property)[] properties)
    {
        var text = new StringBuilder();
        foreach ((string column, int index, string type, string property) in properties)
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
