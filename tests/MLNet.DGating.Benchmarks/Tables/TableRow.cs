namespace MLNet.DGating.Benchmarks;

/// <summary>Holds a row of a plain table.</summary>
/// <param name="Numbers">The numbers; NaN where one is missing.</param>
/// <param name="Categories">The categories.</param>
/// <param name="Label">The number to predict, or the class from 0; of two classes 1 is the positive one.</param>
internal sealed record TableRow(float[] Numbers, string[] Categories, float Label);
