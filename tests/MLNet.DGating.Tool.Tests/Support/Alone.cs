namespace MLNet.DGating.Tool.Tests.Support;

/// <summary>Tests that measure the whole process, so that no other test may run beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
