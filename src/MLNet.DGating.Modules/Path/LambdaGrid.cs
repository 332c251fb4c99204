namespace MLNet.DGating.Modules;

/// <summary>Finds the scale of λ from the steps of a training (docs/theory.md §26).</summary>
/// <example>
/// <code>
/// var options = new GatePathOptions { Lambdas = LambdaGrid.Geometric(first: 1e-5, last: 1e-2, count: 10) };
/// </code>
/// </example>
public static class LambdaGrid
{
    /// <summary>The e-folds from a norm to a ten-thousandth of it, where <see cref="ModuleGates.Cut"/> takes a group for gone.</summary>
    public static double FoldsToCut { get; } = Math.Log(1 / ModuleGates.DefaultCutThreshold);

    /// <summary>Computes the smallest λ that takes a group the loss does not need to zero within a training by SGD.</summary>
    /// <param name="stepSum">Ση: the step sizes of the gated parameters, summed over all steps.</param>
    /// <param name="momentum">μ, at least 0 and below 1.</param>
    /// <param name="folds">The e-folds of the norm that are wanted. Null: <see cref="FoldsToCut"/>, which is 9.2.</param>
    /// <param name="weight">s, the weight of the groups in the penalty. The default is 1.</param>
    /// <remarks>
    /// Without a gradient each of the D factors of w_j shrinks by 1 − 2ηλs/D a step, and w_j by 1 − 2ηλs, whatever D is. A λ of less cannot
    /// remove a group in this training, however useless it is; one of ten times as much removes useful ones. Under Adam a gate moves by
    /// about its step size whatever λ is: there Ση of the gates must be about 2 or more, and λ decides only which groups leave.
    /// </remarks>
    public static double Smallest(double stepSum, double momentum, double? folds = null, double weight = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepSum);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight);
        return momentum is >= 0 and < 1
            ? (folds ?? FoldsToCut) * (1 - momentum) / (2 * stepSum * weight)
            : throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "Momentum must be at least 0 and below 1.");
    }

    /// <summary>Computes the step sizes of a cosine that falls to zero, summed over its steps.</summary>
    /// <param name="stepSize">The first step size, above 0.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    public static double CosineSum(double stepSize, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return stepSize * (steps + 1) / 2;
    }

    /// <summary>Gives numbers that grow by a constant factor.</summary>
    /// <param name="first">The first, above 0.</param>
    /// <param name="last">The last, above 0.</param>
    /// <param name="count">How many, at least 2.</param>
    public static IReadOnlyList<double> Geometric(double first, double last, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(last);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return [.. Enumerable.Range(0, count).Select(i => first * Math.Pow(last / first, (double)i / (count - 1)))];
    }
}
