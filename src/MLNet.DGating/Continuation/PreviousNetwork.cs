using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Encodings;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating;

/// <summary>Takes the network of a finished model back to what the engine trains (docs/theory.md §25).</summary>
/// <remarks>It undoes <see cref="ModelBuilder"/>: the order of slots, the label's unit, and the factors of the additive part.</remarks>
internal sealed class PreviousNetwork
{
    private readonly PreviousModel _model;
    private readonly CollapsedNetwork _network;
    private readonly LearningTask _task;

    /// <param name="model">The model.</param>
    /// <param name="inputs">The inputs of the training set.</param>
    /// <param name="task">The task, fitted to the labels of the training rows.</param>
    public PreviousNetwork(PreviousModel model, SlotInputs inputs, LearningTask task)
    {
        (_model, _network, _task) = (model, model.Network, task);
        int[] slots = _network.Inputs.Slots.ToArray(), indicated = _network.Inputs.Indicated.ToArray();
        InputEncoding encoding = WithFactors(_network.Inputs.Encoding);
        int[] places = [.. inputs.Slots.Select((slot, input) => PlaceOf(slot, inputs.IsIndicator[input]))];
        Encoding = new GivenEncoding(encoding, places);
        int[] order = Array.FindAll(places, place => place >= 0);
        State = Unfold(
            encoding,
            [.. order.SelectMany(place => Enumerable.Range(encoding.FirstColumn(place), encoding.ColumnCount(place)))]);

        // The place of an input among those of the model; −1 where it does not read it.
        int PlaceOf(int slot, bool isIndicator)
        {
            int place = Math.Max(-1, Array.BinarySearch(slots, slot));
            int indicator = isIndicator && place >= 0 ? Array.BinarySearch(indicated, place) : -1;
            return isIndicator ? indicator < 0 ? -1 : slots.Length + indicator : place;
        }
    }

    /// <summary>The encoding of the model's inputs.</summary>
    public GivenEncoding Encoding { get; }

    /// <summary>The parameters [columns of the model's inputs in the order of the training set, width of the first layer].</summary>
    public NetworkState State { get; }

    /// <summary>Gives the settings of a fit with the layers and the encoding of this network.</summary>
    /// <param name="settings">The settings by the trainer's options.</param>
    public FitSettings Apply(FitSettings settings)
    {
        bool isPiecewise = Encoding.Encoding.IsPiecewise;
        TrainingSettings training = settings.Training;
        return settings with
        {
            Training = training with
            {
                HiddenLayers = [.. _network.Hidden.Skip(_model.EmbeddingWidth > 0 ? 1 : 0).Select(layer => layer.Outputs)],
                Activation = _network.Activation,
                AdditivePart = _network.Skip is not null,
                IsPiecewise = isPiecewise,
                LearningRate = isPiecewise && _task.Classes is null
                    ? training.LearningRate * DGatingDefaults.PiecewiseStepFactorOfNumbers
                    : training.LearningRate,
            },
            // Noise would move numbers to other intervals.
            InputNoise = isPiecewise ? 0 : settings.InputNoise,
            NumericEncoding = DGatingNumericEncoding.None,
            Beginning = _model.Widens ? State : null,
        };
    }

    private NetworkState Unfold(InputEncoding encoding, int[] columns)
    {
        (double factor, double summand) = _task.ScoresInLabelUnits;
        DenseLayer output = InScoreUnits(_network.Output);
        if (_network.Hidden.Count == 0)
        {
            return new NetworkState(Rows(output.Weights, output.Outputs, isLinear: true), [], output.Bias, []);
        }

        DenseLayer first = _network.Hidden[0];
        float[] gated = Rows(first.Weights, first.Outputs, isLinear: false), bias = [.. first.Bias];
        if (_network.Skip is { } skip)
        {
            float[] linear = Rows(Array.ConvertAll(skip, weight => (float)(weight / factor)), output.Outputs, isLinear: true);
            gated = [.. columns.SelectMany((_, i) => Row(gated, first.Outputs, i).Concat(Row(linear, output.Outputs, i)))];
            bias = [.. bias, .. new float[output.Outputs]];
        }

        return new NetworkState(gated, [], bias, [.. _network.Hidden.Skip(1), output]);

        DenseLayer InScoreUnits(DenseLayer layer) => layer with
        {
            Weights = Array.ConvertAll(layer.Weights, weight => (float)(weight / factor)),
            Bias = Array.ConvertAll(layer.Bias, value => (float)((value - summand) / factor)),
        };

        // Gives the rows of these columns; those of a linear part without the factors of the encoding.
        float[] Rows(float[] weights, int width, bool isLinear) => isLinear && encoding.SkipFactors.Length > 0
            ? [.. columns.SelectMany(column => Row(weights, width, column).Select(weight => weight / encoding.SkipFactors[column]))]
            : [.. columns.SelectMany(column => Row(weights, width, column))];

        static ArraySegment<float> Row(float[] weights, int width, int row) => new(weights, row * width, width);
    }

    // A model has no factors: its weights contain them. The variance of a ramp, which is 0 or 1 in most rows, follows from its mean.
    private static InputEncoding WithFactors(InputEncoding encoding)
    {
        if (!encoding.IsPiecewise)
        {
            return encoding;
        }

        float[] factors = new float[encoding.Columns];
        for (int column = 0; column < factors.Length; column++)
        {
            bool isRamp = encoding.Lows[column] == 0;
            double high = encoding.Highs[column], mean = Math.Clamp(encoding.Centers[column] / high, 0, 1);
            double deviation = isRamp ? high * Math.Sqrt(mean * (1 - mean)) : high / DGatingDefaults.StandardizedBound;
            factors[column] = ColumnFactor.BesideNetwork.Of(deviation);
        }

        int[] all = [.. Enumerable.Range(0, encoding.Inputs)];
        return new InputEncoding(
            [.. all.Select(encoding.FirstColumn), encoding.Columns], encoding.Offsets, encoding.Scales, encoding.Lows, encoding.Highs)
        {
            IsPiecewise = true,
            Centers = encoding.Centers,
            SkipFactors = factors,
            IsZeroWhereMissing = encoding.IsZeroWhereMissing,
        };
    }
}
