using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vision;

/// <summary>Trains networks by SGD with momentum; the step size rises for a while and then falls to zero along a cosine.</summary>
internal sealed class Training(Recipe recipe, Tensor images, Tensor labels, Func<Tensor, Tensor> vary)
{
    private int Steps => (int)labels.shape[0] / recipe.Batch;

    /// <summary>Trains a new network at one λ.</summary>
    /// <param name="network">What to train.</param>
    /// <param name="method">How its channels are to disappear.</param>
    /// <param name="lambda">λ.</param>
    /// <param name="epochs">The epochs.</param>
    public void Run(Sequential network, Method method, double lambda, int epochs)
    {
        Run(network, method, lambda, epochs, lambda == 0 ? 1 : recipe.StepFactor);
        method.Finish();
    }

    /// <summary>Trains what is left of a network without a penalty.</summary>
    public void Refit(Sequential network, Method plain) => Run(network, plain, 0, recipe.RefitEpochs, 1);

    private void Run(Sequential network, Method method, double lambda, int epochs, double stepFactor)
    {
        using SGD optimizer = optim.SGD(
            [
                new SGD.ParamGroup(method.Others, recipe.StepSize, Recipe.Momentum, weight_decay: Recipe.Decay),
                new SGD.ParamGroup(method.Penalized, recipe.StepSize, Recipe.Momentum),
            ],
            recipe.StepSize);
        network.train();
        int all = epochs * Steps;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor order = tensor(Shuffled((int)labels.shape[0], epoch), device: images.device);
            for (int i = 0; i < Steps; i++)
            {
                double done = (double)(epoch * Steps + i) / all;
                SetStepSizes(optimizer, done, all, stepFactor);
                Step(network, method, optimizer, order.narrow(0, i * recipe.Batch, recipe.Batch), lambda * Risen(done));
            }
        }

        network.eval();
    }

    // The λ of a network that has learned nothing yet would choose its channels at random.
    private double Risen(double done) => done < recipe.Rise ? done / recipe.Rise : 1;

    private void Step(Sequential network, Method method, SGD optimizer, Tensor rows, double lambda)
    {
        using DisposeScope scope = NewDisposeScope();
        optimizer.zero_grad();
        Tensor output = network.call(vary(images.index_select(0, rows)));
        Tensor loss = nn.functional.cross_entropy(output, labels.index_select(0, rows));
        method.Penalize(loss, lambda).backward();
        method.Step(optimizer, lambda);
    }

    private void SetStepSizes(SGD optimizer, double done, int steps, double stepFactor)
    {
        double rise = Math.Min(1, (done * steps + 1) / Math.Max(1, Math.Min(Recipe.WarmUp, steps / 4)));
        double size = recipe.StepSize * rise * 0.5 * (1 + Math.Cos(Math.PI * done));
        foreach ((optim.ILearningRateController group, double share) in optimizer.ParamGroups.Zip([1, stepFactor]))
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
