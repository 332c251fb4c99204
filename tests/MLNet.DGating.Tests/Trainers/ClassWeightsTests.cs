using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>Weights by which every class counts the same.</summary>
public class ClassWeightsTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData("binary")]
    [InlineData("multiclass")]
    public void Balanced_PredictsARareClassMoreOften(string task)
    {
        DataRow[] rows = Rare(2000, seed: 1), unseen = Rare(2000, seed: 2);
        Assert.True(Recall(task, DGatingClassWeights.Balanced) > 0.75);
        Assert.True(Recall(task, DGatingClassWeights.None) < 0.6);

        double Recall(string of, DGatingClassWeights weights)
        {
            Fitted fitted = Fit(of, rows, weights);
            uint[] predicted = Labels(fitted.Transformer.Transform(DataRow.View(_context, unseen)));
            uint rare = of == "binary" ? 1u : 3u;
            return unseen.Zip(predicted).Where(pair => pair.First.Flag).Average(pair => pair.Second == rare ? 1.0 : 0);
        }
    }

    [Fact]
    public void Balanced_IsTheSameAsExampleWeightsThatBalance()
    {
        DataRow[] rows = Rare(600, seed: 1);
        float rare = rows.Count(row => row.Flag), frequent = rows.Length - rare;
        Fitted balanced = Fit("binary", rows, DGatingClassWeights.Balanced);
        Array.ForEach(rows, row => row.Weight = rows.Length / (2 * (row.Flag ? rare : frequent)));
        Fitted weighted = TrainingTask.Get("binary").Fit(_context, rows, 2, options => options.ExampleWeightColumnName = "Weight");
        float[] expected = weighted.Scores(_context, rows), actual = balanced.Scores(_context, rows);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3f * Math.Max(1, Math.Abs(pair.First))));
    }

    [Fact]
    public void Balanced_MultipliesExampleWeights_AndCountsThem()
    {
        float[] labels = [0, 0, 0, 1, 3], weights = [1, 1, 2, 2, 6];
        var factors = ClassFactors.Balanced(labels, weights, classes: 4);
        Assert.All((float[])[0, 1, 3], label => Assert.Equal(4, Total(label), 1e-5f));
        Assert.Equal(1, factors.Of(2));

        float Total(float label) => labels.Zip(weights).Where(pair => pair.First == label).Sum(pair => pair.Second * factors.Of(label));
    }

    [Fact]
    public void Balanced_OfRowsThatDoNotFitInMemory_BalancesTheStream()
    {
        DataRow[] rows = Rare(3000, seed: 1), unseen = Rare(1000, seed: 2);
        Fitted fitted = TrainingTask.Get("binary").Fit(_context, rows, 2, options =>
        {
            ((DGatingBinaryTrainer.Options)options).ClassWeights = DGatingClassWeights.Balanced;
            options.MaximumRowMemory = 1000 * 5 * sizeof(float);
        });
        uint[] predicted = Labels(fitted.Transformer.Transform(DataRow.View(_context, unseen)));
        Assert.True(unseen.Zip(predicted).Where(pair => pair.First.Flag).Average(pair => pair.Second) > 0.7);
    }

    private static uint[] Labels(IDataView scored) => scored.Schema["PredictedLabel"].Type is BooleanDataViewType
        ? [.. scored.GetColumn<bool>("PredictedLabel").Select(flag => flag ? 1u : 0u)]
        : [.. scored.GetColumn<uint>("PredictedLabel")];

    private Fitted Fit(string task, DataRow[] rows, DGatingClassWeights weights) => TrainingTask.Get(task).Fit(_context, rows, 2, options =>
    {
        if (options is DGatingBinaryTrainer.Options binary)
        {
            binary.ClassWeights = weights;
        }
        else
        {
            ((DGatingMulticlassTrainer.Options)options).ClassWeights = weights;
        }
    });

    // The rare class is about one row in twenty; it has Flag, and the last Kind of three.
    private static DataRow[] Rare(int rows, int seed)
    {
        DataRow[] planted = Planted.Linear(rows, 5, 2, seed, noise: 0.7);
        foreach (DataRow row in planted)
        {
            row.Flag = row.Target > 2.6;
            row.Kind = row.Flag ? 2u : row.Target > 0 ? 1u : 0u;
        }

        return planted;
    }
}
