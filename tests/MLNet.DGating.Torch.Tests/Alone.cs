namespace MLNet.DGating.Torch.Tests;

/// <summary>For tests of what the whole process shares: they run when the others are done, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class Alone
{
    public const string Name = "Alone";
}
