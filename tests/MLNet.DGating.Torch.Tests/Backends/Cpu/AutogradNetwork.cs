using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Tests.Backends.Cpu;

/// <summary>The objective F (docs/theory.md §1) written down once more, in float64, and differentiated by libtorch.</summary>
/// <remarks>
/// A group has D − 1 separate gates where D is an integer, or one scalar to the power D − 1. No code is shared with the engine.
/// </remarks>
internal sealed class AutogradNetwork : IDisposable
{
    private readonly Problem _problem;
    private readonly bool _separate;
    private readonly Tensor _x, _y, _rowWeights, _groupOfColumn, _groupWeights, _skipFactors;
    private readonly List<Tensor> _parameters = [];
    private readonly List<Tensor> _velocities = [];

    public AutogradNetwork(Problem problem, NetworkState state, int separateGates = 0)
    {
        _problem = problem;
        _separate = separateGates > 0;
        TrainingSet data = problem.Data;
        float[] features = [.. problem.Rows.SelectMany(row => data.Features.Row(row).ToArray())];
        _x = tensor(features, [data.Rows, problem.Groups.Columns]).to(ScalarType.Float64);
        _y = tensor(data.Targets).to(ScalarType.Float64);
        _rowWeights = data.Weights is null
            ? ones(data.Rows, ScalarType.Float64)
            : tensor(data.Weights).to(ScalarType.Float64).mul(LiveScalar.Of(problem.WeightScale));
        IEnumerable<int> groups = Enumerable.Range(0, problem.Groups.Count);
        _groupOfColumn = tensor(groups.SelectMany(j => Enumerable.Repeat((long)j, problem.Groups.Size(j))).ToArray());
        _groupWeights = tensor(problem.Groups.Weights).to(ScalarType.Float64);

        Add(state.Primary, problem.Groups.Columns, problem.Shape.GatedWidth);
        int gates = Math.Max(1, separateGates);
        Add([.. state.Gates.SelectMany(gate => Enumerable.Repeat(gate, gates))], state.Gates.Length, gates);
        Add(state.GatedBias, 1, state.GatedBias.Length);
        foreach (DenseLayer layer in state.Dense)
        {
            Add(layer.Weights, layer.Inputs, layer.Outputs);
            Add(layer.Bias, 1, layer.Outputs);
        }

        _skipFactors = problem.Groups.SkipFactors.Length > 0
            ? tensor(problem.Groups.SkipFactors, [problem.Groups.Columns, 1]).to(ScalarType.Float64)
            : ones([problem.Groups.Columns, 1], ScalarType.Float64);
    }

    /// <summary>The factors of the hidden values of each layer [rows, neurons]; empty where none is left out by dropout.</summary>
    public float[][] Masks { get; init; } = [];

    /// <summary>In the order of <see cref="Engine.Parameters"/>, of a group's gates the first.</summary>
    public double[] Parameters() => Flatten(_parameters);

    /// <summary>∂F/∂ of every parameter, in the same order.</summary>
    public double[] Gradients(in StepSettings step) => Flatten(Differentiate(step));

    /// <summary>v ← μ v + ∂F, then every parameter moves by −η v.</summary>
    public void Step(in StepSettings step)
    {
        Tensor[] gradients = Differentiate(step);
        using IDisposable noGradient = no_grad();
        for (int i = 0; i < _parameters.Count; i++)
        {
            _velocities[i].mul_(LiveScalar.Of(step.Momentum)).add_(gradients[i], LiveScalar.Of(1));
            _parameters[i].sub_(_velocities[i].mul(LiveScalar.Of(step.LearningRate)));
        }
    }

    public void Dispose()
    {
        Tensor[] constants = [_x, _y, _rowWeights, _groupOfColumn, _groupWeights, _skipFactors];
        foreach (Tensor value in (Tensor[])[.. constants, .. _parameters, .. _velocities])
        {
            value.Dispose();
        }
    }

    // The gradient by the one scalar is that of its D − 1 copies together; the engine moves it as one of them.
    private Tensor[] Differentiate(StepSettings step)
    {
        Tensor[] gradients = [.. autograd.grad([Objective(step)], _parameters)];
        if (!_separate && step.IsGated)
        {
            gradients[1] = gradients[1].div(LiveScalar.Of(step.GateDepth - 1));
        }

        return gradients;
    }

    private Tensor Objective(StepSettings step)
    {
        Tensor primary = _parameters[0], gates = _parameters[1];
        double copies = step.GateDepth - 1;
        Tensor product = _separate ? gates.prod(1) : gates.squeeze(1).pow(LiveScalar.Of(copies));
        Tensor weights = primary * product.index_select(0, _groupOfColumn).unsqueeze(1);
        Tensor squares = zeros(product.shape, ScalarType.Float64).index_add(0, _groupOfColumn, Square(primary).sum(1), LiveScalar.Of(1));
        squares = Sum(squares, _separate ? Square(gates).sum(1) : Square(gates.squeeze(1)) * LiveScalar.Of(copies));
        Tensor objective = Sum(
            (Losses(Scores(weights)) * _rowWeights).mean(), (_groupWeights * squares).sum() * LiveScalar.Of(step.Lambda / step.GateDepth));
        for (int i = 3; i < _parameters.Count; i += 2)
        {
            objective = Sum(objective, Square(_parameters[i]).sum() * LiveScalar.Of(0.5 * step.Decay));
        }

        return objective;
    }

    private Tensor Scores(Tensor weights)
    {
        NetworkShape shape = _problem.Shape;
        Tensor activatedPart = weights.narrow(1, 0, shape.ActivatedWidth);
        Tensor linearPart = weights.narrow(1, shape.ActivatedWidth, shape.GatedWidth - shape.ActivatedWidth) * _skipFactors;
        Tensor gated = Sum(_x.matmul(cat([activatedPart, linearPart], 1)), _parameters[2]);
        if (!shape.HasHidden)
        {
            return gated;
        }

        Tensor values = gated.narrow(1, 0, shape.ActivatedWidth);
        for (int i = 3; i < _parameters.Count; i += 2)
        {
            Tensor activated = shape.Activation == DGatingActivation.Relu ? values.relu() : values.tanh();
            if (Masks.Length > 0)
            {
                activated *= tensor(Masks[(i - 3) / 2], activated.shape).to(ScalarType.Float64);
            }

            values = Sum(activated.matmul(_parameters[i]), _parameters[i + 1]);
        }

        return shape.HasSkip ? Sum(values, gated.narrow(1, shape.ActivatedWidth, shape.Outputs)) : values;
    }

    private Tensor Losses(Tensor scores) => _problem.Loss switch
    {
        SquaredLoss => Square(scores.squeeze(1) - _y) * LiveScalar.Of(0.5),
        LogisticLoss => nn.functional.binary_cross_entropy_with_logits(scores.squeeze(1), _y, reduction: nn.Reduction.None),
        _ => nn.functional.cross_entropy(scores, _y.to(ScalarType.Int64), reduction: nn.Reduction.None),
    };

    private void Add(float[] values, int rows, int columns)
    {
        Tensor parameter = tensor(values, [rows, columns]).to(ScalarType.Float64).requires_grad_();
        _parameters.Add(parameter);
        _velocities.Add(zeros_like(parameter));
    }

    // a · a and a + b, safe from the collector (LiveScalar).
    private static Tensor Square(Tensor a) => a * a;

    private static Tensor Sum(Tensor a, Tensor b) => a.add(b, LiveScalar.Of(1));

    private static double[] Flatten(IReadOnlyList<Tensor> values) => [.. values.SelectMany((value, i) =>
        (i == 1 ? value.narrow(1, 0, 1).contiguous() : value).detach().cpu().contiguous().data<double>().ToArray())];
}
