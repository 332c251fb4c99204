using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective;
using static System.Numerics.Tensors.TensorPrimitives;

namespace MLNet.DGating.Torch.Tests.Objective;

/// <summary>Penalised linear regression by the book, in double arithmetic on plain arrays.</summary>
/// <remarks>P(w, b) = 1/(2n) ‖Xw + b − y‖² + λ Σ_j s_j ‖w_j‖^(2/D).</remarks>
internal sealed class LinearRegression
{
    private readonly double[][] _columns;
    private readonly double[] _targets;

    public LinearRegression(TrainingSet data)
    {
        Groups = data.Groups;
        _targets = [.. data.Targets.Select(target => (double)target)];
        _columns = [.. Enumerable.Range(0, Groups.Columns)
            .Select(j => Enumerable.Range(0, data.Rows).Select(i => (double)data.Features.Row(i)[j]).ToArray())];
    }

    public GroupLayout Groups { get; }

    public int Rows => _targets.Length;

    public double Objective(double[] w, double bias, double lambda, double depth)
    {
        double penalty = 0;
        for (int j = 0; j < Groups.Count; j++)
        {
            penalty += Groups.Weights[j] * Math.Pow(Norm(w, j), 2 / depth);
        }

        return 0.5 * SumOfSquares<double>(Residuals(w, bias)) / Rows + lambda * penalty;
    }

    /// <summary>∂L/∂w.</summary>
    public double[] Gradient(double[] w, double bias)
    {
        double[] residuals = Residuals(w, bias);
        return [.. _columns.Select(column => Dot<double>(column, residuals) / Rows)];
    }

    /// <summary>The bias that is best for these weights.</summary>
    public double Bias(double[] w) => -Sum<double>(Residuals(w, 0)) / Rows;

    public double Norm(double[] w, int group) => Near.Norm(Torch.Tests.Groups.Of(Groups, w, group));

    /// <summary>The smallest λ of D = 2 that removes everything (docs/theory.md §5).</summary>
    public double LargestLambda()
    {
        double[] zero = new double[Groups.Columns];
        double[] gradient = Gradient(zero, Bias(zero));
        return Enumerable.Range(0, Groups.Count).Max(j => Norm(gradient, j) / Groups.Weights[j]);
    }

    /// <summary>The largest relative residual over the active groups (docs/theory.md §5).</summary>
    public double StationarityResidual(double[] w, double bias, double lambda, double depth)
    {
        double[] residual = Gradient(w, bias);
        double largest = 0;
        for (int j = 0; j < Groups.Count; j++)
        {
            double norm = Norm(w, j), pull = lambda * Groups.Weights[j] * (2 / depth) * Math.Pow(norm, 2 / depth - 1);
            for (int i = Groups.Starts[j]; i < Groups.Starts[j + 1] && norm > 0; i++)
            {
                residual[i] += pull * w[i] / norm;
            }

            largest = norm > 0 ? Math.Max(largest, Norm(residual, j) / pull) : largest;
        }

        return largest;
    }

    /// <summary>The largest ‖∇_j L‖ / (λ s_j) over the groups at zero, for D = 2 (docs/theory.md §5).</summary>
    public double LargestZeroGradient(double[] w, double bias, double lambda)
    {
        double[] gradient = Gradient(w, bias);
        return Enumerable.Range(0, Groups.Count).Where(j => Norm(w, j) == 0)
            .Select(j => Norm(gradient, j) / (lambda * Groups.Weights[j])).DefaultIfEmpty(0).Max();
    }

    private double[] Residuals(double[] w, double bias)
    {
        double[] residuals = [.. _targets.Select(target => bias - target)];
        for (int j = 0; j < _columns.Length; j++)
        {
            MultiplyAdd(_columns[j], w[j], residuals, residuals);
        }

        return residuals;
    }
}
