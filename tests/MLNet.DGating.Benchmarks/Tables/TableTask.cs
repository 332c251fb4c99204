namespace MLNet.DGating.Benchmarks;

/// <summary>Says what a plain table asks to predict.</summary>
internal enum TableTask
{
    Binary,
    Multiclass,
    Regression,
}
