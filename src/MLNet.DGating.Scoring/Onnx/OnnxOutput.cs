namespace MLNet.DGating;

/// <summary>An input or an output of a file: rows × <paramref name="Width"/> elements; null where rows differ in their number.</summary>
internal readonly record struct OnnxOutput(string Name, OnnxType Type, int? Width);
