using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Evaluates the candidates of several counts on held-out rows, and drops those that cannot be chosen any more.</summary>
/// <remarks>
/// Successive halving: all candidates have the first round of their refit on the path, which ends where smaller counts are hopeless.
/// Further rounds are for those that can still win; the last round, half of a refit, decides too little for its cost.
/// </remarks>
/// <param name="workflow">The rows, the settings, and the executor of runs.</param>
/// <param name="training">The numbers of the rows to train on.</param>
/// <param name="heldOut">The numbers of the rows to evaluate on.</param>
internal sealed class CandidateRace(FitWorkflow workflow, int[] training, int[] heldOut)
{
    /// <summary>The end of the rounds of a race whose candidates may be judged by folds afterwards.</summary>
    public const int Rounds = 3;

    private readonly OneStandardErrorSelector _selector = workflow.Selector(heldOut);

    /// <summary>The end of the rounds of a race of many rows, which is over before the last round.</summary>
    public int RoundsOfManyRows => Math.Clamp(workflow.Settings.Training.Rounds.Length - 1, 1, Rounds);

    /// <summary>Describes the paths of the race, one for each noise level.</summary>
    public IEnumerable<RunDescription> Paths(double[] noises, int[] counts) => noises.Select(noise =>
        workflow.Settings.Path(training, heldOut, noise, new StopRule.AtCounts(counts)) with
        {
            EndOfRounds = 1,
            EndsWhereHopeless = true,
            IsForChoice = true,
        });

    /// <summary>Carries out the further rounds, and gives the candidates that were in the race to its end.</summary>
    /// <param name="paths">The results of <see cref="Paths"/>.</param>
    /// <param name="end">The end of the rounds.</param>
    public Candidate[] Run(IEnumerable<RunResult> paths, int end)
    {
        Candidate[] racing = [.. paths.SelectMany(path => path.Candidates())];
        for (int round = 1; round < end; round++)
        {
            racing = [.. InContention(racing, round)];
            Candidate[] improving = [.. racing.Where(candidate => round == 1 || candidate.Refit.IsImproving)];
            if (racing.Length == 1 && round > 1)
            {
                break;
            }

            workflow.Announce(0.2);
            RunResult[] refits = workflow.Try(improving.Select(candidate => FurtherRound(candidate, round)));
            var refitted = improving.Zip(refits).ToDictionary(pair => pair.First, pair => After(pair.First, round, pair.Second));
            racing = Array.ConvertAll(racing, candidate => refitted.GetValueOrDefault(candidate, candidate));
        }

        return racing;
    }

    /// <summary>Carries out the rounds that are left of the refit of the model, as long as they are worth it.</summary>
    public Candidate Finish(Candidate candidate)
    {
        if (!candidate.Refit.IsImproving)
        {
            return candidate;
        }

        int round = (int)candidate.Refit.Rounds;
        return After(candidate, round, workflow.Try(
            [FurtherRound(candidate, round) with { EndOfRounds = null, Source = RowSource.StreamInPlace }])[0]);
    }

    // Gives the candidate after further rounds; where they brought nothing, it keeps its network and the round of that.
    private static Candidate After(Candidate candidate, int round, RunResult further)
    {
        RefitResult refit = further.Refits[0].Result;
        return candidate with { Refit = refit.Rounds > round ? refit : candidate.Refit with { IsImproving = false } };
    }

    private IEnumerable<Candidate> InContention(Candidate[] racing, int rounds)
    {
        Candidate best = _selector.Best(racing);
        return racing.Where(candidate =>
            _selector.CanWin(candidate.HeldOutBoundedLosses, best.HeldOutBoundedLosses, rounds));
    }

    private RunDescription FurtherRound(Candidate candidate, int round)
    {
        var start = new PathSnapshot(candidate.Snapshot.Groups, candidate.Refit.State);
        return workflow.Settings.Refit(training, start, candidate.Noise) with
        {
            HeldOutRows = heldOut,
            FirstRound = round,
            EndOfRounds = round + 1,
        };
    }
}
