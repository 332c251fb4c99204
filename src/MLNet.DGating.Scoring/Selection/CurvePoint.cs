namespace MLNet.DGating;

/// <summary>A point of the curve of a number.</summary>
/// <remarks>Between two points the curve is a straight line, beyond the last ones it is constant.</remarks>
/// <param name="X">The value of the feature.</param>
/// <param name="Y">What it adds to the score, compared with a row at the mean of the training rows.</param>
public readonly record struct CurvePoint(float X, float Y);
