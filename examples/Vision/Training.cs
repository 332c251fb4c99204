using MLNet.DGating.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vision;

/// <summary>Trains a network by SGD with momentum; at each λ the step size falls to zero along a cosine.</summary>
internal sealed class Training(Recipe recipe, Tensor images, Tensor labels, Func<Tensor, Tensor> vary)
{
    private int Steps => (int)labels.shape[0] / recipe.Batch;

    /// <summary>Trains along growing λ, in one training, or each λ in one of its own.</summary>
    /// <param name="architecture">What to train.</param>
    /// <param name="make">Makes the method for a network.</param>
    /// <param name="lambdas">λ.</param>
    public IReadOnlyList<(double Lambda, Action<Sequential> RestoreTo)> Run(
        Architecture architecture, Func<Sequential, Method> make, double[] lambdas) => recipe.StartsAnew
        ? [.. lambdas.SelectMany(lambda => Follow(architecture, make, [lambda]))]
        : Follow(architecture, make, lambdas);

    private List<(double Lambda, Action<Sequential> RestoreTo)> Follow(
        Architecture architecture, Func<Sequential, Method> make, double[] lambdas)
    {
        // The layers of TorchSharp draw their weights from torch's generator.
        random.manual_seed(1);
        using Sequential network = architecture.Create().to(images.device);
        using Method method = make(network);
        using SGD optimizer = optim.SGD(
            [
                new SGD.ParamGroup(method.Others, Recipe.StepSize, Recipe.Momentum, weight_decay: Recipe.Decay),
                new SGD.ParamGroup(method.Penalized, Recipe.StepSize, Recipe.Momentum),
            ],
            Recipe.StepSize);
        network.train();
        int seed = 0;
        for (int epoch = 0; epoch < recipe.DenseEpochs; epoch++)
        {
            Epoch(network, method, optimizer, new(0, -1, epoch, recipe.DenseEpochs), seed++);
        }

        return [.. method.Follow(recipe, lambdas, epoch => Epoch(network, method, optimizer, epoch, seed++))];
    }

    private void Epoch(Sequential network, Method method, SGD optimizer, GateEpoch epoch, int seed)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor order = tensor(Shuffled((int)labels.shape[0], seed), device: images.device);
        for (int i = 0; i < Steps; i++)
        {
            SetStepSizes(optimizer, epoch, i);
            using DisposeScope inner = NewDisposeScope();
            Tensor rows = order.narrow(0, i * recipe.Batch, recipe.Batch);
            optimizer.zero_grad();
            Tensor output = network.call(vary(images.index_select(0, rows)));
            Tensor loss = nn.functional.cross_entropy(output, labels.index_select(0, rows));
            method.Penalize(loss, epoch.Lambda).backward();
            method.Step(optimizer, epoch.Lambda);
        }
    }

    private void SetStepSizes(SGD optimizer, GateEpoch epoch, int step)
    {
        int all = epoch.Epochs * Steps, now = epoch.Epoch * Steps + step;
        double rise = Math.Min(1, (now + 1.0) / Math.Min(Recipe.WarmUp, all / 4));
        double size = Recipe.StepSize * rise * 0.5 * (1 + Math.Cos(Math.PI * now / all));
        foreach ((optim.ILearningRateController group, double share) in optimizer.ParamGroups.Zip([1, recipe.StepFactor]))
        {
            group.LearningRate = share * size;
        }
    }

    private static long[] Shuffled(int count, int seed)
    {
        long[] order = [.. Enumerable.Range(0, count).Select(i => (long)i)];
        new Random(seed).Shuffle(order);
        return order;
    }
}
