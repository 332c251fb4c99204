using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating;

/// <summary>Gives the function from the scores of a model to its predictions.</summary>
internal static class ScoreLink
{
    /// <summary>Gives the inverse link of a task that was fitted to labels.</summary>
    public static InverseLink Of(LearningTask task) => task.Link == Link.Exponential
        ? new ExponentialLink((float)(task.Targets.LogOffset ?? 0))
        : InverseLink.Of(task.Link);
}
