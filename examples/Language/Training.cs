using MLNet.DGating.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Language;

/// <summary>Trains a network by Adam: all but the value matrices with decay, the step size falling to zero along a cosine.</summary>
/// <remarks>
/// Three things let heads die (docs/modules.md): the step ends at zero, gated parameters have a larger step, and the layers behind the
/// values decay, or they would take over the scale that the penalty takes from the values.
/// </remarks>
internal sealed class Training(Corpus corpus, Size size)
{
    private const double Decay = 0.1, GatedFactor = 5;

    private const int WarmUp = 50;

    /// <summary>Trains with gates on the heads' values.</summary>
    public Gpt Gated(double depth, double lambda)
    {
        Gpt network = New();
        using var gates = new ModuleGates(network);
        foreach (string value in network.Values)
        {
            gates.Gate(value, Groups.Heads(size.Heads), depth);
        }

        Train(network, gates.Ungated, gates.Factors, GatedFactor, loss => loss, optimizer => gates.Step(optimizer, lambda));
        gates.Cut();
        gates.Collapse();
        return network;
    }

    /// <summary>Trains with λ Σ ‖values of a head‖ in the loss; with λ = 0 without any penalty.</summary>
    public Gpt Direct(double lambda)
    {
        Gpt network = New();
        Parameter[] values = [.. network.Values.Select(name => network.get_parameter(name)!)];
        HashSet<nint> handles = [.. values.Select(value => value.Handle)];
        Tensor Norms(Parameter value) => (value.view(size.Heads, -1).pow(2).sum(1) + 1e-20).sqrt().sum();
        Train(
            network, network.parameters().Where(each => !handles.Contains(each.Handle)), values, 1,
            loss => lambda == 0 ? loss : loss + lambda * values.Select(Norms).Aggregate((a, b) => a + b), optimizer => optimizer.step());
        return network;
    }

    /// <summary>Measures the loss for a character of the validation text.</summary>
    public double ValidationLoss(Gpt network)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        network.eval();
        (Tensor inputs, Tensor targets) = corpus.Validation(8 * size.Batch, size.Length);
        double sum = 0;
        for (int i = 0; i < 8; i++)
        {
            sum += Loss(network, inputs.narrow(0, i * size.Batch, size.Batch), targets.narrow(0, i * size.Batch, size.Batch)).item<float>();
        }

        return sum / 8;
    }

    private Gpt New()
    {
        // The layers of TorchSharp draw their weights from torch's generator.
        random.manual_seed(1);
        return new Gpt(corpus.Characters.Length, size).to(corpus.Device);
    }

    private void Train(
        Gpt network, IEnumerable<Parameter> others, IEnumerable<Parameter> penalized, double factor, Func<Tensor, Tensor> penalize,
        Action<AdamW> step)
    {
        Parameter[] rest = [.. others];
        (double, double)[] rates = [(size.StepSize, Decay), (size.StepSize, 0), (factor * size.StepSize, 0)];
        IEnumerable<Parameter>[] groups = [rest.Where(each => each.ndim > 1), rest.Where(each => each.ndim <= 1), penalized];
        using AdamW optimizer = optim.AdamW(
            [.. groups.Zip(rates, (group, rate) => new AdamW.ParamGroup([.. group], rate.Item1, beta2: 0.99, weight_decay: rate.Item2))]);
        var random = new Random(1);
        network.train();
        for (int t = 0; t < size.Steps; t++)
        {
            using DisposeScope scope = NewDisposeScope();
            double height = Math.Min(1, (t + 1.0) / Math.Min(WarmUp, size.Steps / 10)) * 0.5 * (1 + Math.Cos(Math.PI * t / size.Steps));
            foreach ((optim.ILearningRateController group, (double rate, _)) in optimizer.ParamGroups.Zip(rates))
            {
                group.LearningRate = rate * height;
            }

            (Tensor inputs, Tensor targets) = corpus.Batch(random, size.Batch, size.Length);
            optimizer.zero_grad();
            penalize(Loss(network, inputs, targets)).backward();
            step(optimizer);
        }

        network.eval();
    }

    private static Tensor Loss(Gpt network, Tensor inputs, Tensor targets) =>
        nn.functional.cross_entropy(network.call(inputs).flatten(0, 1), targets.flatten());
}
