using System.Globalization;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating;

/// <summary>Chooses between labels and their logarithms as targets, by squared errors on held-out rows (docs/theory.md §22).</summary>
/// <remarks>
/// Logarithms are tried only where no label is negative and labels are clearly skewed. Both networks have all features. They are compared
/// in the label's unit, and logarithms are taken where they are better by more than one standard error of the difference.
/// </remarks>
/// <param name="session">Starts the engine, and takes messages.</param>
/// <param name="rows">The rows, with labels as targets.</param>
internal sealed class TargetChoice(TrainingSession session, PreparedRows rows)
{
    /// <summary>The most rows that the two networks are trained and compared on.</summary>
    private const int MaximumRows = 10_000;

    private const int SmallestRows = 50;

    // The random stream of the choice differs from those of fits.
    private const int ChoiceStream = 520;

    /// <summary>Gives the rows with the targets that were chosen.</summary>
    public PreparedRows Choose()
    {
        if (Array.Exists(rows.Labels, label => label < 0) || rows.TrainingRows.Length < SmallestRows)
        {
            return rows;
        }

        ReadOnlySpan<float> labels = rows.Labels.AsSpan(0, rows.TrainingRows.Length);
        ReadOnlySpan<float> weights = rows.Data.Weights is null ? [] : rows.Data.Weights.AsSpan(0, labels.Length);
        PreparedRows logarithms = rows.WithTask(RegressionTask.OfLogarithm.FittedTo(labels, weights));
        if (!Skewness.AsksForLogarithm(labels, logarithms.Data.Targets.AsSpan(0, labels.Length)))
        {
            session.Monitor.Inform("Target transform: none; labels are not skewed.");
            return rows;
        }

        (int[] training, int[] heldOut) = Split();
        // Features are encoded as in the model, by all training rows: a slot may be constant on a part of them.
        rows.Data.Encodings.Add(training, ColumnStatistics.Of(rows.Data.Features, rows.TrainingRows, rows.Data.Weights));
        double[] plain = SquaredErrors(rows, training, heldOut), logarithmic = SquaredErrors(logarithms, training, heldOut);
        float[] weightsOfHeldOut = rows.Data.WeightsOf(heldOut);
        (double gain, double error) = RowMean.OfDifferences(plain, logarithmic, weightsOfHeldOut, rows.Data.BlocksOf(heldOut));
        bool isLogarithmic = gain > error;
        session.Monitor.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Target transform: {(isLogarithmic ? "logarithm" : "none")}. On {heldOut.Length} held-out rows the root mean squared error " +
            $"is {Root(plain):g4} without, {Root(logarithmic):g4} with logarithms."));
        return isLogarithmic ? logarithms : rows;

        double Root(double[] squares) => Math.Sqrt(RowMean.Of(squares, weightsOfHeldOut).Mean);
    }

    private (int[] Training, int[] HeldOut) Split()
    {
        var random = new RandomStream(session.Seed, ChoiceStream);
        int[] training = Sample(rows.TrainingRows, MaximumRows, random);
        if (rows.ValidationRows.Length == 0)
        {
            return rows.Data.HoldOut(training, DGatingDefaults.HeldOutFraction, random);
        }

        return (training, Sample(rows.ValidationRows, MaximumRows, random));
    }

    private static int[] Sample(int[] rows, int count, RandomStream random)
    {
        int[] shuffled = [.. rows];
        if (shuffled.Length > count)
        {
            random.Shuffle(shuffled);
            shuffled = shuffled[..count];
            Array.Sort(shuffled);
        }

        return shuffled;
    }

    // Trains a network on all features, and gives the squared error of each held-out row in the label's unit.
    private double[] SquaredErrors(PreparedRows data, int[] training, int[] heldOut)
    {
        PreparedRows part = data with
        {
            Data = data.Data with { Stream = null },
            TrainingRows = training,
            ValidationRows = [],
        };
        TrainingPlan plan = session.Plan(rows);
        using FitWorkflow workflow = session.Start(part, plan with
        {
            Settings = plan.Settings with
            {
                Stop = new StopRule.AtLambda(0),
                InputNoise = 0,
                NumberOfRuns = 1,
                EnsembleSize = 1,
                NumericEncoding = DGatingNumericEncoding.None,
            },
        });
        // What there is to warn of is said by the fit itself.
        FitWorkflow silent = workflow with { Context = workflow.Context with { Inform = _ => { }, Warn = _ => { } } };
        FitResult fit = AutomaticFit.Run(silent, training, heldOut);
        CollapsedNetwork network = new ModelBuilder(fit, part).Network();
        var scorer = new RowScorer(network, part, heldOut);
        InverseLink link = ScoreLink.Of(part.Task);
        float[] prediction = new float[1];
        return Array.ConvertAll(heldOut, row =>
        {
            scorer.Score(row, prediction);
            link.Apply(prediction, prediction);
            double difference = prediction[0] - rows.Labels[row];
            return difference * difference;
        });
    }
}
