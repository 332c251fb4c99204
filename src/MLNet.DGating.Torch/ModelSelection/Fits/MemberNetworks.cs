using System.Globalization;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Trains several networks of the selected groups and joins them into one, whose scores are their mean.</summary>
/// <remarks>
/// docs/theory.md §24. The network of the fit is the first member. The others are refitted on the same rows from the same weights of the
/// path, or trained from scratch where they have embeddings, each with random numbers of its own.
/// </remarks>
/// <param name="workflow">The rows, the settings, and the executor of runs.</param>
internal sealed class MemberNetworks(FitWorkflow workflow)
{
    private readonly FitSettings _settings = workflow.Settings;

    /// <summary>Gives the candidate with the joined network, or the same one where a single network is wanted.</summary>
    public FittedCandidate Joined(FittedCandidate fitted)
    {
        Candidate one = fitted.Candidate;
        if (_settings.EnsembleSize == 1 || one.Count == 0)
        {
            return fitted;
        }

        RunDescription[] runs = [.. Enumerable.Range(1, _settings.EnsembleSize - 1).Select(member => Member(fitted, member))];
        workflow.Announce(1);
        RunResult[] results = workflow.Execute(runs);
        RefitResult[] members = [one.Refit, .. results.Select(result => result.Refits[0].Result)];
        RefitResult joined = Join(members, one);
        if (fitted.HeldOutRows.Length == 0)
        {
            return fitted with { Candidate = one with { Refit = joined } };
        }

        joined = joined.EvaluatedBy(new RowEvaluation(workflow.Data, fitted.HeldOutRows), MeanScores(members));
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"{members.Length} networks of the same features: metric on held-out rows {joined.HeldOutMetric:g4}, " +
            $"that of one network {one.Refit.HeldOutMetric:g4}."));
        return fitted with
        {
            Candidate = one with { Refit = joined },
            Calibration = Calibration.Factor(workflow.Data, fitted.TrainingRows, fitted.HeldOutRows, joined.HeldOutScores),
        };
    }

    private RunDescription Member(FittedCandidate fitted, int member)
    {
        Candidate one = fitted.Candidate;
        RunDescription run = _settings.Refit(fitted.TrainingRows, one.Snapshot, one.Noise) with
        {
            Seed = (int)new RandomStream(_settings.Seed, RandomPurpose.FirstMember + member).NextUInt64(),
            HeldOutRows = fitted.HeldOutRows,
            EndOfRounds = fitted.HeldOutRows.Length > 0 ? null : one.Refit.Rounds,
        };
        // The settings of embeddings are those of the run, whose iterations are shortened already.
        return one.Refit.Embedding is { } embedding
            ? run with { Settings = run.Settings with { Embedding = embedding }, Effort = 1 }
            : run;
    }

    private static RefitResult Join(RefitResult[] members, Candidate one)
    {
        NetworkShape shape = one.Refit.Shape;
        int blocks = one.Refit.EmbeddingWidth > 0 ? shape.ActivatedWidth / one.Refit.EmbeddingWidth : 1;
        return one.Refit with
        {
            Shape = JoinedNetwork.ShapeOf(shape, members.Length),
            State = JoinedNetwork.Of(shape, [.. members.Select(member => member.State)], blocks),
            TrainingLoss = members.Average(member => member.TrainingLoss),
            Members = members.Length,
        };
    }

    private static float[] MeanScores(RefitResult[] members)
    {
        float[] mean = new float[members[0].HeldOutScores.Length];
        foreach (RefitResult member in members)
        {
            TensorPrimitives.MultiplyAdd(member.HeldOutScores, 1f / members.Length, mean, mean);
        }

        return mean;
    }
}
