using Microsoft.ML;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Training;

/// <summary>The rows to train on and to test on. Rows without a label are left out.</summary>
internal sealed class TrainingViews
{
    private TrainingViews(IDataView training, IDataView? test)
    {
        Training = training;
        Test = test;
    }

    public IDataView Training { get; }

    /// <summary>The test rows; null where no rows are held out.</summary>
    public IDataView? Test { get; }

    public static TrainingViews Of(TrainingRequest request)
    {
        TableFile file = request.Table.File;
        RowFilter all = Labelled(file, request.Label);
        if (request.TestFile is { } test)
        {
            foreach (string column in InputColumns(request).Select(column => column.Source))
            {
                test.IndexOf(column);
            }

            return new(View(file, all), View(test, Labelled(test, request.Label)));
        }

        if (request.Split == 0)
        {
            return new(View(file, all), null);
        }

        return new(View(file, all.And(Split(heldOut: false))), View(file, all.And(Split(heldOut: true))));

        TableView View(TableFile table, RowFilter filter) => new(table, InputColumns(request), filter);

        RowFilter Split(bool heldOut) => request.Group is { } group
            ? RowFilters.SplitGroups(file.IndexOf(group), request.Split, request.Seed, heldOut)
            : RowFilters.Split(request.Split, request.Seed, heldOut);
    }

    private static IEnumerable<InputColumn> InputColumns(TrainingRequest request)
    {
        bool isNumber = request.Label.Task == LearningTask.Regression;
        InputColumn label = new(request.Names.Label, 
            !isNumber ? InputKind.Text : request.Label.Centre is null ? InputKind.Single : InputKind.Double)
        {
            Source = request.Label.Name, Cells = request.Label.Cells,
        };
        IEnumerable<InputColumn> columns = request.Columns.Select(column => column.Input).Append(label);
        if (isNumber)
        {
            columns = columns.Append(label with { Name = request.Names.ExactLabel, Kind = InputKind.Double });
        }

        if (request.Group is { } group)
        {
            columns = columns.Append(new InputColumn(request.Names.Group, InputKind.Text) { Source = group });
        }

        return request.Names.Weight is not { } weight ? columns : columns.Append(new InputColumn(weight, InputKind.Single)
        {
            Source = request.Weight!, Cells = request.Table[request.Weight!].Reading.Cells,
        });
    }

    private static RowFilter Labelled(TableFile file, LabelColumn label)
    {
        int index = file.IndexOf(label.Name);
        if (label.Task == LearningTask.Regression)
        {
            return (_, cells) => float.IsFinite(label.Cells.Single(cells.Cell(index)));
        }

        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> words = label.Words.ToHashSet().GetAlternateLookup<ReadOnlySpan<char>>();
        return (_, cells) => words.Contains(cells.Cell(index).Trim());
    }
}
