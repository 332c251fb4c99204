namespace MLNet.DGating;

/// <summary>A row or column of a surface: a value of a number, or a category.</summary>
/// <param name="Name">The name of the category or the number as text; "missing" for a missing number.</param>
/// <param name="X">The number; NaN for a missing one, and for a category.</param>
/// <param name="Slot">The slot of the feature column that has the number, or is 1 for the category.</param>
public readonly record struct SurfacePoint(string Name, float X, int Slot);
