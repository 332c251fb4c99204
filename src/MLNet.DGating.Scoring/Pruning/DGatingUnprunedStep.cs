namespace MLNet.DGating;

/// <summary>A step of a pipeline that pruning left as it was, although not all of it may be needed.</summary>
public sealed record DGatingUnprunedStep
{
    internal DGatingUnprunedStep()
    {
    }

    /// <summary>The number of the step, from 0, counted with the steps inside encodings and text featurizing.</summary>
    public required int Index { get; init; }

    /// <summary>The name of the transformer's class.</summary>
    public required string Name { get; init; }

    /// <summary>Why it was left.</summary>
    public required string Reason { get; init; }

    /// <summary>Returns one sentence.</summary>
    public override string ToString() => $"Step {Index}, {Name}, stayed as it was: {Reason}.";
}
