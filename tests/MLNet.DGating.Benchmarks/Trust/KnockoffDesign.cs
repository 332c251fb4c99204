using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Benchmarks;

/// <summary>Generates rows of which it is known which columns the label depends on.</summary>
/// <param name="Name">What it is like.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Columns">The number of columns.</param>
/// <param name="Signals">The number of columns that the label depends on.</param>
/// <param name="Effect">The coefficient of a signal, or of the product of two; the noise of the label has deviation 1.</param>
internal sealed record KnockoffDesign(string Name, int Rows, int Columns, int Signals, double Effect)
{
    /// <summary>The correlation of neighbouring columns, 0 to below 1.</summary>
    public double Correlation { get; init; }

    /// <summary>Whether the label depends on products of two signals, neither of which says anything alone.</summary>
    public bool IsInteraction { get; init; }

    /// <summary>Turns a normal value into that of the column; the second value is a chi-square number of the row with 3 degrees.</summary>
    public Func<double, double, double> Value { get; init; } = (normal, _) => normal;

    /// <summary>The number of times that every row is there.</summary>
    public int Copies { get; init; } = 1;

    public static IEnumerable<KnockoffDesign> All()
    {
        yield return new("linear, ρ = 0", 600, 100, 20, 0.2);
        yield return new("linear, ρ = 0.5", 600, 100, 20, 0.2) { Correlation = 0.5 };
        yield return new("linear, ρ = 0.5", 1000, 200, 30, 0.15) { Correlation = 0.5 };
        yield return new("linear, ρ = 0.5, few signals", 500, 50, 10, 0.25) { Correlation = 0.5 };
        yield return new("products of two, ρ = 0", 1000, 50, 20, 0.5) { IsInteraction = true };
        yield return new("products of two, ρ = 0.5", 1000, 50, 20, 0.5) { Correlation = 0.5, IsInteraction = true };
        yield return new("one in five is 1, ρ = 0.5", 600, 100, 20, 0.5)
        {
            Correlation = 0.5,
            Value = (normal, _) => normal > 0.84 ? 1 : 0,
        };
        yield return new("heavy tails (t, 3 degrees), ρ = 0.5", 600, 100, 20, 0.2)
        {
            Correlation = 0.5,
            Value = (normal, chiSquare) => normal / Math.Sqrt(chiSquare / 3),
        };
        yield return new("150 rows, each four times, ρ = 0.5", 600, 100, 20, 0.4) { Correlation = 0.5, Copies = 4 };
    }

    /// <summary>Draws the rows, and the columns that the label depends on.</summary>
    public (TrainingSet Data, int[] Signals) Draw(int seed)
    {
        var random = new Random(seed);
        int[] signals = RandomColumns.Of(Columns, Signals, seed);
        double[] effects = [.. signals.Select(_ => random.Next(2) == 0 ? Effect : -Effect)];
        var features = new DesignMatrix(Columns);
        double[] labels = new double[Rows];
        float[] row = new float[Columns];
        for (int i = 0; i < Rows; i++)
        {
            if (i % Copies == 0)
            {
                Fill(row, random);
                labels[i] = Normal(random) + (IsInteraction
                    ? Enumerable.Range(0, Signals / 2).Sum(s => effects[s] * row[signals[2 * s]] * row[signals[2 * s + 1]])
                    : Enumerable.Range(0, Signals).Sum(s => effects[s] * row[signals[s]]));
            }
            else
            {
                labels[i] = labels[i - 1];
            }

            features.Add(row);
        }

        double mean = labels.Average(), deviation = Math.Sqrt(labels.Average(label => (label - mean) * (label - mean)));
        float[] targets = [.. labels.Select(label => (float)((label - mean) / deviation))];
        return (new TrainingSet(features, targets, null, GroupLayout.PerColumn(Columns), LearningTask.Regression), signals);
    }

    private void Fill(float[] row, Random random)
    {
        double carried = Normal(random), fresh = Math.Sqrt(1 - Correlation * Correlation);
        for (int j = 0; j < Columns; j++)
        {
            carried = Correlation * carried + fresh * Normal(random);
            double chiSquare = Enumerable.Range(0, 3).Sum(_ => Math.Pow(Normal(random), 2));
            row[j] = (float)Value(carried, chiSquare);
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
