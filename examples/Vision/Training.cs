using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vision;

/// <summary>Trains a network by SGD with momentum; the step size rises for a while and then falls to zero along a cosine.</summary>
internal sealed class Training(Recipe recipe, Tensor images, Tensor labels, Func<Tensor, Tensor> vary)
{
    /// <summary>Trains a new network.</summary>
    /// <param name="architecture">What to train.</param>
    /// <param name="make">Makes the method for it.</param>
    public Sequential Run(Architecture architecture, Func<Sequential, Method> make)
    {
        // The layers of TorchSharp draw their weights from torch's generator.
        random.manual_seed(1);
        Sequential network = architecture.Create().to(images.device);
        using Method method = make(network);
        using SGD optimizer = optim.SGD(
            [
                new SGD.ParamGroup(method.Others, Recipe.StepSize, Recipe.Momentum, weight_decay: Recipe.Decay),
                new SGD.ParamGroup(method.Penalized, Recipe.StepSize, Recipe.Momentum),
            ],
            Recipe.StepSize);
        network.train();
        int step = 0;
        for (int epoch = 0; epoch < recipe.Epochs; epoch++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor order = tensor(Shuffled((int)labels.shape[0], epoch), device: images.device);
            for (int i = 0; i + recipe.Batch <= labels.shape[0]; i += recipe.Batch, step++)
            {
                SetStepSizes(optimizer, step, method.StepFactor);
                Step(network, method, optimizer, order.narrow(0, i, recipe.Batch));
            }
        }

        method.Finish();
        network.eval();
        return network;
    }

    private void Step(Sequential network, Method method, SGD optimizer, Tensor rows)
    {
        using DisposeScope scope = NewDisposeScope();
        optimizer.zero_grad();
        Tensor output = network.call(vary(images.index_select(0, rows)));
        Tensor loss = nn.functional.cross_entropy(output, labels.index_select(0, rows));
        method.Penalize(loss).backward();
        method.Step(optimizer);
    }

    private void SetStepSizes(SGD optimizer, int step, double factor)
    {
        double rise = Math.Min(1, (step + 1.0) / Math.Min(Recipe.WarmUp, recipe.Steps / 4));
        double size = Recipe.StepSize * rise * 0.5 * (1 + Math.Cos(Math.PI * step / recipe.Steps));
        foreach ((optim.ILearningRateController group, double share) in optimizer.ParamGroups.Zip([1, factor]))
        {
            group.LearningRate = share * size;
        }
    }

    private static long[] Shuffled(int count, int epoch)
    {
        long[] order = [.. Enumerable.Range(0, count).Select(i => (long)i)];
        new Random(epoch + 1).Shuffle(order);
        return order;
    }
}
