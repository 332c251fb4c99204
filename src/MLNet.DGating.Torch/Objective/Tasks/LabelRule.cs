namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Describes the labels that a loss can be trained for.</summary>
/// <param name="AllowsZero">Whether a label may be 0; all must be at least that.</param>
internal sealed record LabelRule(bool AllowsZero)
{
    /// <summary>The rule in words, behind "labels must be".</summary>
    public string Words => AllowsZero ? "at least 0" : "above 0";

    /// <summary>Tells whether a label fulfils the rule.</summary>
    public bool Allows(float label) => label > 0 || AllowsZero && label == 0;
}
