using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Ranks the neurons of a network with one hidden layer by a path over the weights that leave them (docs/theory.md §34).</summary>
/// <remarks>
/// The outputs of the neurons are the inputs of a linear model, in which each has a gate. What the skip connection adds to the scores is an
/// input that always stays.
/// </remarks>
internal sealed class NeuronPath
{
    /// <summary>The deviation below which the output of a neuron counts as constant.</summary>
    private const double Constant = 1e-6;

    private readonly NeuronLayer _layer;
    private readonly double[] _means;

    private NeuronPath(NeuronLayer layer, double[] means, int[] ranking)
    {
        (_layer, _means, Ranking) = (layer, means, ranking);
    }

    /// <summary>The neurons whose outputs vary, the last to leave first.</summary>
    public int[] Ranking { get; }

    /// <summary>Follows the path of a candidate's neurons.</summary>
    /// <param name="workflow">The rows and the settings of the fit.</param>
    /// <param name="candidate">The candidate, whose network has one hidden layer.</param>
    /// <param name="rows">The numbers of the rows that it was trained on.</param>
    public static NeuronPath Of(FitWorkflow workflow, Candidate candidate, int[] rows)
    {
        TrainingSet data = workflow.Data with { IsPiecewise = candidate.Refit.IsPiecewise };
        int[] groups = candidate.Snapshot.Groups;
        using FeatureRows features = data.EncodedBy(rows).Select(data.Groups.InputsOf(groups));
        float[] skipFactors = data.Groups.Encoded(data.EncodingBy(rows, data.IsPiecewise)).Select(groups).SkipFactors;
        var layer = new NeuronLayer(candidate.Refit.Shape, candidate.Refit.State, skipFactors);

        int[] measured = workflow.Preview(rows);
        var outputs = new DesignMatrix(layer.Width);
        float[] columns = new float[features.Columns];
        double[] sums = new double[layer.Count], squares = new double[layer.Count];
        foreach (int row in measured)
        {
            features.Read(row, columns);
            Span<float> values = outputs.AddRow();
            layer.Compute(columns, values);
            for (int neuron = 0; neuron < layer.Count; neuron++)
            {
                sums[neuron] += values[neuron];
                squares[neuron] += (double)values[neuron] * values[neuron];
            }
        }

        double[] means = Array.ConvertAll(sums, sum => sum / measured.Length);
        int[] alive =
        [
            .. Enumerable.Range(0, layer.Count).Where(neuron =>
                squares[neuron] / measured.Length - means[neuron] * means[neuron] > Constant * Constant),
        ];
        return new NeuronPath(layer, means, Ranked(workflow, data, outputs, measured, alive, layer.Count));
    }

    /// <summary>Gives the network with so many of the neurons.</summary>
    /// <param name="count">The number of neurons, at least 1 and at most that of <see cref="Ranking"/>.</param>
    public NetworkState Keep(int count) => _layer.Keep([.. Ranking.Take(count).Order()], _means);

    private static int[] Ranked(
        FitWorkflow workflow, TrainingSet data, DesignMatrix outputs, int[] rows, int[] alive, int neurons)
    {
        if (alive.Length <= 1)
        {
            return alive;
        }

        int skips = outputs.Columns - neurons;
        int[] inputs = [.. alive, .. Enumerable.Range(neurons, skips)];
        GroupTerms[] terms =
        [
            .. alive.Select(_ => GroupTerms.Ordinary), .. Enumerable.Repeat(GroupTerms.Ordinary with { IsKept = true }, skips),
        ];
        int[] sizes = [.. inputs.Select(_ => 1)];
        var linear = new TrainingSet(
            outputs.Select(inputs), data.TargetsOf(rows), data.Weights is null ? null : data.WeightsOf(rows),
            GroupLayout.Create(sizes, terms), data.Task);
        int[] all = [.. Enumerable.Range(0, rows.Length)];
        FitSettings settings = workflow.Settings with
        {
            Training = workflow.Settings.Training with { HiddenLayers = [], IsPiecewise = false, AdditivePart = false },
            Beginning = null,
            RecordGateDynamics = false,
        };
        RunDescription run = settings.Path(all, [], noise: 0, StopRule.AtCount(skips + 1)) with { Refits = false, IsForChoice = true };
        RunResult result = RunCarrier.Carry(run, linear, CpuScope.Instance, workflow.Context with { Work = new() });
        if (result.IsCancelled)
        {
            workflow.Context.ThrowCancelled();
        }

        return [.. result.Path!.Ranking.Where(place => place < alive.Length).Select(place => alive[place])];
    }
}
