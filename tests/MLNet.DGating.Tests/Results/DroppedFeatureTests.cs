using CsCheck;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Results;

/// <summary>What was dropped has no influence on a score, whatever its value.</summary>
public class DroppedFeatureTests
{
    private static readonly Gen<float> s_anything = Gen.OneOf(
        Gen.Float, Gen.OneOfConst(float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, 0f, -0f));

    private readonly MLContext _context = new(seed: 1);
    private readonly DataRow[] _rows = Planted.Linear(150, 8, 2, seed: 1);

    [Theory, AllTasks]
    public void Scores_AreTheSameBits_WhateverADroppedFeatureIs(string task)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, _rows, 2);
        Assert.Equal([0, 1], fitted.Selected);
        DataRow[] scored = _rows[..3];
        byte[] expected = fitted.Bits(_context, scored);
        s_anything.Array[6].Sample(dropped =>
        {
            DataRow[] changed = [.. scored.Select(row => row.With([row.Values[0], row.Values[1], .. dropped]))];
            Assert.Equal(expected, fitted.Bits(_context, changed));
        }, iter: 200);
    }

    [Theory, AllTasks]
    public void Scores_AreNaN_WhereASelectedFeatureIs_AndRowsWithoutItWereToBeSkipped(string task)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, _rows, 2, options => options.MissingValues = DGatingMissingValues.Skip);
        Assert.All(fitted.Scores(_context, [_rows[0].With([float.NaN, 1, 2, 3, 4, 5, 6, 7])]), score => Assert.Equal(float.NaN, score));
        Assert.All(fitted.Scores(_context, [_rows[0].With([1, float.NaN, 2, 3, 4, 5, 6, 7])]), score => Assert.Equal(float.NaN, score));
    }

    [Theory, AllTasks]
    public void Scores_ChangeWithASelectedFeature(string task)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, _rows, 2);
        Assert.NotEqual(Score(-1), Score(1));

        float[] Score(float first) => fitted.Scores(_context, [_rows[0].With([first, 0, 0, 0, 0, 0, 0, 0])]);
    }
}
