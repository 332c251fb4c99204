using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Benchmarks;

/// <summary>A linear regression with group-sparse coefficients, as the paper's figure 4 draws it.</summary>
/// <remarks>
/// 200 training and 2,000 test rows of 40 groups of 5 columns, 7 of them informative; columns, coefficients and noise are normal.
/// </remarks>
internal sealed class GroupLassoProblem
{
    public const int Groups = 40, GroupSize = 5, Informative = 7;

    private const int TrainingRows = 200, TestRows = 2000, Columns = Groups * GroupSize;

    private readonly float[][] _training, _test;
    private readonly float[] _targets, _testTargets;

    public GroupLassoProblem(int seed)
    {
        var random = new RandomStream(seed, purpose: 0);
        double[] coefficients = new double[Columns];
        for (int column = 0; column < Informative * GroupSize; column++)
        {
            coefficients[column] = random.Normal();
        }

        (_training, _targets) = Draw(random, coefficients, TrainingRows);
        (_test, _testTargets) = Draw(random, coefficients, TestRows);
        Gram = new double[Columns, Columns];
        Correlations = new double[Columns];
        foreach ((float[] row, float target) in _training.Zip(_targets))
        {
            for (int j = 0; j < Columns; j++)
            {
                Correlations[j] += (double)row[j] * target / TrainingRows;
                for (int k = 0; k < Columns; k++)
                {
                    Gram[j, k] += (double)row[j] * row[k] / TrainingRows;
                }
            }
        }
    }

    /// <summary>XᵀX/n of the training rows.</summary>
    public double[,] Gram { get; }

    /// <summary>Xᵀy/n of the training rows.</summary>
    public double[] Correlations { get; }

    /// <summary>The training rows for the engine. Every group has the weight 1 in the penalty.</summary>
    public (TrainingSet Data, FeatureRows Features) ForEngine()
    {
        var matrix = new DesignMatrix(Columns);
        foreach (float[] row in _training)
        {
            row.CopyTo(matrix.AddRow());
        }

        int[] sizes = [.. Enumerable.Repeat(GroupSize, Groups)];
        var terms = new GroupTerms(Weight: 1 / Math.Sqrt(GroupSize), Cost: 1, IsKept: false);
        var layout = GroupLayout.Create(sizes, [.. Enumerable.Repeat(terms, Groups)]);
        return (new TrainingSet(matrix, _targets, null, layout, LearningTask.Regression), new FeatureRows(matrix, encoding: null));
    }

    /// <summary>The gradient of ½ mean (x w − y)² over the training rows.</summary>
    public double[] Gradient(double[] weights)
    {
        double[] gradient = new double[Columns];
        for (int j = 0; j < Columns; j++)
        {
            double sum = -Correlations[j];
            for (int k = 0; k < Columns; k++)
            {
                sum += Gram[j, k] * weights[k];
            }

            gradient[j] = sum;
        }

        return gradient;
    }

    /// <summary>The mean squared error on the test rows.</summary>
    public double TestError(double[] weights) => _test.Zip(_testTargets).Average(row =>
    {
        double error = -row.Second;
        for (int j = 0; j < Columns; j++)
        {
            error += row.First[j] * weights[j];
        }

        return error * error;
    });

    /// <summary>The norms of the groups.</summary>
    public static double[] Norms(double[] weights) =>
        [.. weights.Chunk(GroupSize).Select(group => Math.Sqrt(group.Sum(weight => weight * weight)))];

    private static (float[][] Rows, float[] Targets) Draw(RandomStream random, double[] coefficients, int rows)
    {
        float[][] drawn = [.. Enumerable.Range(0, rows).Select(_ => Array.ConvertAll(random.Normals(Columns), value => (float)value))];
        return (drawn, [.. drawn.Select(row => (float)(row.Zip(coefficients, (x, w) => x * w).Sum() + random.Normal()))]);
    }
}
