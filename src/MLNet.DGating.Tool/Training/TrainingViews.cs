using Microsoft.ML;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Splitting;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Training;

/// <summary>The rows to train on and to test on. Rows without a label are left out.</summary>
internal sealed class TrainingViews
{
    // Of more rows the parts are drawn row by row: each class has nearly its share of them then, too.
    private const int MostStratifiedRows = 1_000_000;

    private TrainingViews(IDataView training, params IReadOnlyList<(IDataView Training, IDataView Test)> tests)
    {
        Training = training;
        Tests = tests;
    }

    /// <summary>The rows that the model is trained on.</summary>
    public IDataView Training { get; }

    /// <summary>The rows that a model is tested on, and those to train that model on; several are folds; none: there is no test.</summary>
    public IReadOnlyList<(IDataView Training, IDataView Test)> Tests { get; }

    /// <summary>Whether all rows are tested on in turn, by models of their own.</summary>
    public bool AreFolds => Tests.Count > 1;

    /// <summary>How the test rows were chosen; null: there are none.</summary>
    public TestDescription? Description { get; private init; }

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

            return Held(all, View(test, Labelled(test, request.Label)), new(TestKind.File) { Source = Path.GetFileName(test.Path) });
        }

        if (request.Test is not { } plan || plan is { Share: 0, FoldCount: null })
        {
            return new(View(file, all));
        }

        var split = new SplitRequest(file, request.Label, request.Group, request.Seed);
        double share = plan.Share ?? TestPlan.DefaultShare;
        if (plan.Time is { } time)
        {
            var cut = TimeCut.At(file, all, request.Table[time], share);
            return Held(all.And(cut.Trained), View(file, all.And(cut.HeldOut)), new(TestKind.Time) { Source = time, From = cut.First });
        }

        if (request.Table.Rows > MostStratifiedRows && plan.FoldCount is null)
        {
            return Held(all.And(Drawn(heldOut: false)), View(file, all.And(Drawn(heldOut: true))), new(TestKind.HeldOut));
        }

        List<LabelledRow> rows = LabelledRow.Read(split);
        bool areGrouped = request.Group is not null;
        int folds = plan.FoldsFor(rows.Count);
        if (folds < 2)
        {
            var part = new RowParts(rows, Stratification.HoldOut(rows, share, areGrouped));
            return Held(part.Trained(0), View(file, part.HeldOut(0)), new(TestKind.HeldOut));
        }

        var parts = new RowParts(rows, Stratification.Fold(rows, folds, areGrouped));
        return new(
            View(file, all),
            [.. Enumerable.Range(0, folds).Select(fold => (View(file, parts.Trained(fold)), View(file, parts.HeldOut(fold))))])
        {
            Description = new(TestKind.Folds) { Folds = folds },
        };

        TrainingViews Held(RowFilter trained, IDataView tested, TestDescription description)
        {
            IDataView training = View(file, trained);
            return new(training, (training, tested)) { Description = description };
        }

        IDataView View(TableFile table, RowFilter filter) => new TableView(table, InputColumns(request), filter);

        RowFilter Drawn(bool heldOut) => request.Group is { } group
            ? RowFilters.SplitGroups(file.IndexOf(group), share, request.Seed, heldOut)
            : RowFilters.Split(share, request.Seed, heldOut);
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
