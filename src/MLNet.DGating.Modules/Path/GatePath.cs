namespace MLNet.DGating.Modules;

/// <summary>Trains a gated module along a growing λ, each from where the last one ended.</summary>
/// <remarks>
/// The optimizer lives on over the path, so that its momentum is warm too. Where the step size falls to zero at each λ, let the training
/// method set it by <see cref="GateEpoch.Epoch"/>.
/// </remarks>
public static class GatePath
{
    /// <summary>Follows a path.</summary>
    /// <param name="gates">The gates of the module.</param>
    /// <param name="options">The λ, and when to end.</param>
    /// <param name="train">Trains an epoch at the given λ: batches, backward passes, and <see cref="ModuleGates.Step"/>.</param>
    /// <param name="validate">Measures the loss on held-out rows.</param>
    /// <returns>A point for each λ that was trained.</returns>
    /// <example>
    /// <code>
    /// using var gates = new ModuleGates(network).GateOutputs("conv1");
    /// using var optimizer = torch.optim.SGD(gates.Trainable, 0.1, momentum: 0.9);
    /// torch.Tensor Loss() => torch.nn.functional.cross_entropy(network.call(images), labels);
    /// void Train(GateEpoch epoch)
    /// {
    ///     optimizer.zero_grad();
    ///     Loss().backward();
    ///     gates.Step(optimizer, epoch.Lambda);
    /// }
    ///
    /// var options = new GatePathOptions { Lambdas = LambdaGrid.Geometric(1e-4, 1e-2, 8), EpochsPerLambda = 5 };
    /// foreach (GatePathPoint point in GatePath.Follow(gates, options, Train, () => Loss().item&lt;float&gt;()))
    /// {
    ///     Console.WriteLine($"{point.Lambda}: {point.AliveGroups} groups");
    /// }
    /// </code>
    /// </example>
    public static IReadOnlyList<GatePathPoint> Follow(
        ModuleGates gates, GatePathOptions options, Action<GateEpoch> train, Func<double> validate)
    {
        ArgumentNullException.ThrowIfNull(gates);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validate);
        ArgumentOutOfRangeException.ThrowIfZero(options.Lambdas.Count, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.EpochsPerLambda, 1, nameof(options));
        var points = new List<GatePathPoint>();
        foreach ((int i, double lambda) in options.Lambdas.Index())
        {
            bool goesOn = TrainPoint(gates, options, train, lambda, i);
            points.Add(new(lambda, gates.Measure(), validate(), options.KeepsWeights ? Weights(gates.Target) : null));
            double rise = points[^1].ValidationLoss - points.Min(point => point.ValidationLoss);
            if (!goesOn || rise > options.StopsAboveLoss || points[^1].AliveGroups == 0)
            {
                break;
            }
        }

        return points;
    }

    private static bool TrainPoint(ModuleGates gates, GatePathOptions options, Action<GateEpoch> train, double lambda, int point)
    {
        for (int epoch = 0; epoch < options.EpochsPerLambda; epoch++)
        {
            var now = new GateEpoch(lambda, point, epoch, options.EpochsPerLambda);
            train(now);
            gates.Cut(options.CutThreshold);
            if (options.EpochEnded?.Invoke(now) == false)
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] Weights(Module module)
    {
        using var stream = new MemoryStream();
        module.save(stream);
        return stream.ToArray();
    }
}
