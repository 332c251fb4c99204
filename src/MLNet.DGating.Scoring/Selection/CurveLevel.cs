namespace MLNet.DGating;

/// <summary>What a category adds to the score.</summary>
/// <param name="Name">The name of the category: that of its slot, without the name of the feature.</param>
/// <param name="Slot">The slot of the feature column that is 1 for it.</param>
/// <param name="Y">What it adds, compared with a row at the mean of the training rows.</param>
public readonly record struct CurveLevel(string Name, int Slot, float Y);
