using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds generated rows of which it is known which groups matter, and how a network is trained on them.</summary>
/// <param name="Name">The loss, and what else is special.</param>
/// <param name="Task">The task; labels above 0 where it asks for them.</param>
internal sealed record PlantedCase(string Name, LearningTask Task)
{
    private const int Rows = 1200, Groups = 24, HeldOutShare = 6;

    private static readonly int[] s_relevant = [2, 9, 17];

    public TrainingSettings Settings { get; init; } =
        new() { HiddenLayers = [32], LambdaGrowth = 1.3, NumberOfDenseIterations = 5, NumberOfRefitIterations = 6, BatchSize = 64 };

    public double Noise { get; init; }

    public bool IsWeighted { get; init; }

    /// <summary>The number of columns of a group.</summary>
    public int Width { get; init; } = 1;

    /// <summary>Every loss, and every setting of a step beside the defaults.</summary>
    public static IEnumerable<PlantedCase> All()
    {
        LearningTask[] tasks =
        [
            LearningTask.Binary, LearningTask.Multiclass(4), LearningTask.Regression, new RegressionTask(new HuberLoss(1)),
            new RegressionTask(new QuantileLoss([0.1, 0.5, 0.9])), RegressionTask.Poisson, RegressionTask.Gamma,
        ];
        foreach (LearningTask task in tasks)
        {
            yield return new PlantedCase(task.Loss.GetType().Name, task);
        }

        PlantedCase plain = new("", LearningTask.Multiclass(4));
        yield return plain.With("D = 2", settings => settings with { GateDepth = 2 });
        yield return plain.With("D = 3.5", settings => settings with { GateDepth = 3.5 });
        yield return plain.With("D = 4", settings => settings with { GateDepth = 4 });
        yield return plain.With("tanh", settings => settings with { Activation = DGatingActivation.Tanh });
        yield return plain.With("two layers, skip", settings => settings with { HiddenLayers = [32, 16], AdditivePart = true });
        yield return plain.With("linear", settings => settings with { HiddenLayers = [] });
        yield return plain with { Name = "weights", IsWeighted = true };
        yield return plain with { Name = "groups of three columns", Width = 3 };
        yield return plain with { Name = "input noise", Noise = 0.5 };
    }

    /// <summary>Describes one run; runs of other numbers have other rows, weights and ends.</summary>
    public RunDescription Describe(TrainingSet data, int number)
    {
        int[] heldOut = [.. Enumerable.Range(0, Rows).Where(row => row % HeldOutShare == number % HeldOutShare)];
        return (new FitSettings { Training = Settings, Seed = number }).Path(
            [.. Enumerable.Range(0, Rows).Except(heldOut)], heldOut, Noise, new StopRule.AtCounts([s_relevant.Length + number % 2]));
    }

    /// <summary>Tells whether all groups that matter are among these.</summary>
    public static bool AreFound(int[] groups) => s_relevant.All(groups.Contains);

    public TrainingSet Create()
    {
        var random = new RandomStream(1, 0);
        var noise = new NormalNoise(random);
        var groups = GroupLayout.FromSizes([.. Enumerable.Repeat(Width, Groups)]);
        var matrix = new DesignMatrix(groups.Columns);
        float[] targets = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            Span<float> features = matrix.AddRow();
            noise.AddTo(features, 1);
            float sum = 0.3f * features[0];
            foreach (int group in s_relevant)
            {
                sum += features[groups.Starts[group]];
            }

            targets[row] = Task.Classes is int classes ? Math.Clamp((int)MathF.Floor(sum + classes / 2f), 0, classes - 1)
                : Task.LabelRule is null ? sum : MathF.Exp(sum / 2);
        }

        float[]? weights = IsWeighted ? [.. Enumerable.Range(0, Rows).Select(row => 0.5f + row % 3)] : null;
        return new TrainingSet(matrix, targets, weights, groups, Task);
    }

    private PlantedCase With(string name, Func<TrainingSettings, TrainingSettings> change) =>
        this with { Name = name, Settings = change(Settings) };
}
