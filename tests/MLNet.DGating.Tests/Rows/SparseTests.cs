using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Sparse rows are rows.</summary>
[Collection(nameof(Alone))]
public class SparseTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory, AllTasks]
    public void Fit_OfSparseRows_GivesTheSameBitsAsOfDenseOnes(string task)
    {
        var random = new Random(1);
        DataRow[] dense = Array.ConvertAll(Planted.Linear(100, 6, 2, seed: 1), row =>
            row.With(Array.ConvertAll(row.Values, value => random.Next(2) == 0 ? 0 : value)));
        DataRow[] sparse = [.. dense.Select(row => row.AsSparse())];
        Assert.All(sparse[..5], row => Assert.False(row.Features.IsDense));
        Fitted ofDense = TrainingTask.Get(task).Fit(_context, dense, 2), ofSparse = TrainingTask.Get(task).Fit(_context, sparse, 2);
        byte[] expected = ofDense.Bits(_context, dense);
        Assert.Equal(expected, ofSparse.Bits(_context, dense));
        Assert.Equal(expected, ofDense.Bits(_context, sparse));
        Assert.Equal(ofDense.Report.ToString(), ofSparse.Report.ToString());
        Assert.Equal(ofDense.Path, ofSparse.Path);
    }

    [Theory, AllTasks]
    public void Fit_OfAHundredThousandSparseSlots_FindsTheOneThatMatters(string task)
    {
        const int slots = 100_000, marked = 77_777;
        var random = new Random(1);
        DataRow[] rows = [.. Enumerable.Range(0, 60).Select(i =>
        {
            float mark = i % 3 - 1;
            var row = DataRow.Create([], mark);
            int[] indices = [.. Enumerable.Range(0, 20).Select(_ => random.Next(slots)).Append(marked).Distinct().Order()];
            row.Features = new VBuffer<float>(slots, indices.Length, [.. indices.Select(slot => slot == marked ? 2 * mark : 1)], indices);
            return row;
        })];

        using var process = Process.GetCurrentProcess();
        var clock = Stopwatch.StartNew();
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, 1);
        Assert.Equal([marked], fitted.Selected);
        Assert.InRange(fitted.Report.ConstantIndices.Count, slots - 60 * 21, slots);
        // 60 rows of 100,000 slots are 24 MB; a matrix of slots × slots, or a scan of all slots a step, would show here.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
        process.Refresh();
        Assert.InRange(process.WorkingSet64 >> 20, 0, 3000);

        Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, rows).Schema);
        Assert.Equal(fitted.Bits(_context, rows), loaded.Bits(_context, rows));
    }
}
