using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>A step of a pipeline that is to be pruned.</summary>
/// <remarks>Steps are traced from the last to the first, and then made again from the first to the last.</remarks>
internal abstract class PrunableStep
{
    /// <summary>Why the step stayed as it was though not all of it is needed, once it was traced; null where it could be pruned.</summary>
    public virtual string? Obstacle => null;

    /// <summary>Replaces what is needed of the columns that the step makes by what it needs to make it.</summary>
    public abstract void Trace(ColumnNeeds needs);

    /// <summary>Makes the step for what is needed of it.</summary>
    /// <param name="layouts">The columns before the step; receives the slots of those that it makes.</param>
    /// <returns>The transformers that take the step's place; none where nothing of it is needed.</returns>
    public abstract IEnumerable<ITransformer> Rebuild(ColumnLayouts layouts);
}
