namespace MLNet.DGating;

/// <summary>A step of a pipeline that pruning left as it was, although not all of it may be needed.</summary>
/// <param name="Index">The number of the step, from 0, counted with the steps inside encodings and text featurizing.</param>
/// <param name="Name">The name of the transformer's class.</param>
/// <param name="Reason">Why it was left.</param>
public sealed record DGatingUnprunedStep(int Index, string Name, string Reason)
{
    /// <summary>Returns one sentence.</summary>
    public override string ToString() => $"Step {Index}, {Name}, stayed as it was: {Reason}.";
}
