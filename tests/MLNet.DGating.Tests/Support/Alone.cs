namespace MLNet.DGating.Tests.Support;

/// <summary>For tests that read or set what a whole process shares; nothing runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
