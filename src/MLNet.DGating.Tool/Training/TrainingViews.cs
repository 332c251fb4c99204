using Microsoft.ML;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Training;

/// <summary>The rows to train on and to test on. Rows without a label are left out.</summary>
internal sealed class TrainingViews
{
    private TrainingViews(IDataView all, IDataView training, IDataView? test)
    {
        All = all;
        Training = training;
        Test = test;
    }

    public IDataView All { get; }

    public IDataView Training { get; }

    /// <summary>The test rows; null where no rows are held out.</summary>
    public IDataView? Test { get; }

    public static TrainingViews Of(TrainingRequest request)
    {
        TableFile file = request.Table.File;
        RowFilter all = Labelled(file, request.Label);
        if (request.TestFile is { } test)
        {
            foreach (string column in InputColumns(request).Select(column => column.Name))
            {
                test.IndexOf(column);
            }

            return new(View(file, all), View(file, all), View(test, Labelled(test, request.Label)));
        }

        if (request.Split == 0)
        {
            return new(View(file, all), View(file, all), null);
        }

        RowFilter training = all.And(RowFilters.Split(request.Split, request.Seed, heldOut: false));
        RowFilter heldOut = all.And(RowFilters.Split(request.Split, request.Seed, heldOut: true));
        return new(View(file, all), View(file, training), View(file, heldOut));

        TableView View(TableFile table, RowFilter filter) => new(table, InputColumns(request), filter);
    }

    private static IEnumerable<InputColumn> InputColumns(TrainingRequest request)
    {
        IEnumerable<InputColumn> columns = request.Columns.Select(column => column.Input)
            .Append(new InputColumn(request.Label.Name, request.Label.Task == LearningTask.Regression));
        return request.Weight is null ? columns : columns.Append(new InputColumn(request.Weight, IsNumber: true));
    }

    private static RowFilter Labelled(TableFile file, LabelColumn label)
    {
        int index = file.IndexOf(label.Name);
        if (label.Task == LearningTask.Regression)
        {
            return (_, cells) => CellText.TryNumber(cells.Cell(index), out float _);
        }

        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> words = label.Words.ToHashSet().GetAlternateLookup<ReadOnlySpan<char>>();
        return (_, cells) => words.Contains(cells.Cell(index));
    }
}
