namespace MLNet.DGating;

/// <summary>An output of a file: rows × <paramref name="Width"/> elements.</summary>
internal readonly record struct OnnxOutput(string Name, OnnxType Type, int Width);
