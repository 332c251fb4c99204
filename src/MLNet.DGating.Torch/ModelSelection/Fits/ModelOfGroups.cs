using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Trains a network of exactly some groups, which several paths have chosen together.</summary>
internal static class ModelOfGroups
{
    /// <summary>Trains a network of exactly these groups.</summary>
    /// <remarks>The λ at which a group left is the median of those of the paths.</remarks>
    /// <param name="workflow">The rows, and the executor of runs.</param>
    /// <param name="rows">The numbers of the rows to train on.</param>
    /// <param name="groups">The groups, ascending.</param>
    /// <param name="lambdaOut">The λ at which each group left, for each path.</param>
    public static FitResult Train(FitWorkflow workflow, int[] rows, int[] groups, double[][] lambdaOut)
    {
        // λ = 0 removes no group: these groups are trained densely and then refitted, as every selection is.
        RunDescription run = workflow.Settings.Path(rows, [], noise: 0, new StopRule.AtLambda(0)) with { Groups = groups };
        workflow.Announce(1);
        Candidate model = workflow.Execute([run])[0].Candidates()[0];

        double[] medians = [.. lambdaOut[0].Select((_, group) => Median(Array.ConvertAll(lambdaOut, ofPath => ofPath[group])))];
        double last = medians.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        medians = Array.ConvertAll(medians, lambda => Math.Min(lambda, last));
        Array.ForEach(groups, group => medians[group] = double.PositiveInfinity);
        return new FitResult
        {
            Groups = groups,
            Shape = model.Refit.Shape,
            State = model.Refit.State,
            Encoding = workflow.Data.EncodingBy(rows, model.Refit.IsPiecewise),
            LambdaOut = medians,
            Points = model.Path.Points,
            InputNoise = model.Noise,
        };
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
