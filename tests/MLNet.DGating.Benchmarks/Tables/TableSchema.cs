namespace MLNet.DGating.Benchmarks;

/// <summary>Describes the columns of a plain table.</summary>
/// <param name="Task">What is to be predicted.</param>
/// <param name="Classes">The number of classes; 0 for numbers.</param>
/// <param name="Numbers">The names of the numbers, without dots.</param>
/// <param name="Categories">The names of the categories, without dots.</param>
internal sealed record TableSchema(TableTask Task, int Classes, string[] Numbers, string[] Categories);
