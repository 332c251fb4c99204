using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vision;

/// <summary>Trains networks by SGD with momentum; the step size rises for a while and then falls to zero along a cosine.</summary>
internal sealed class Training(Recipe recipe, Tensor images, Tensor labels, Func<Tensor, Tensor> vary)
{
    private int Steps => (int)labels.shape[0] / recipe.Batch;

    /// <summary>Trains a new network at one λ.</summary>
    /// <param name="architecture">What to train.</param>
    /// <param name="make">Makes the method for a network.</param>
    /// <param name="lambda">λ.</param>
    /// <returns>The network, with exact zeros where gates have closed.</returns>
    public Sequential Run(Architecture architecture, Func<Sequential, Method> make, double lambda)
    {
        // The layers of TorchSharp draw their weights from torch's generator.
        random.manual_seed(1);
        Sequential network = architecture.Create().to(images.device);
        using Method method = make(network);
        using SGD optimizer = optim.SGD(
            [
                new SGD.ParamGroup(method.Others, recipe.StepSize, Recipe.Momentum, weight_decay: Recipe.Decay),
                new SGD.ParamGroup(method.Penalized, recipe.StepSize, Recipe.Momentum),
            ],
            recipe.StepSize);
        network.train();
        for (int epoch = 0; epoch < recipe.Epochs; epoch++)
        {
            Epoch(network, method, optimizer, epoch, lambda);
        }

        method.Finish();
        network.eval();
        return network;
    }

    private void Epoch(Sequential network, Method method, SGD optimizer, int epoch, double lambda)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor order = tensor(Shuffled((int)labels.shape[0], epoch), device: images.device);
        for (int i = 0; i < Steps; i++)
        {
            SetStepSizes(optimizer, epoch * Steps + i);
            using DisposeScope inner = NewDisposeScope();
            Tensor rows = order.narrow(0, i * recipe.Batch, recipe.Batch);
            optimizer.zero_grad();
            Tensor output = network.call(vary(images.index_select(0, rows)));
            Tensor loss = nn.functional.cross_entropy(output, labels.index_select(0, rows));
            method.Penalize(loss, lambda).backward();
            method.Step(optimizer, lambda);
        }
    }

    private void SetStepSizes(SGD optimizer, int step)
    {
        int all = recipe.Epochs * Steps;
        double rise = Math.Min(1, (step + 1.0) / Math.Min(Recipe.WarmUp, all / 4));
        double size = recipe.StepSize * rise * 0.5 * (1 + Math.Cos(Math.PI * step / all));
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
