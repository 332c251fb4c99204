namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>A function of one input that rises from 0 to 1: over an interval of a number, or where a category has a value.</summary>
/// <param name="Place">The place of the input among those of the axis.</param>
/// <param name="Low">The value up to which it is 0.</param>
/// <param name="High">The value from which it is 1.</param>
/// <param name="FirstRamp">The first of the input's ramps within the interval; of no use where there are none.</param>
/// <param name="Ramps">The number of these ramps; 0 where the input has a linear column alone.</param>
internal readonly record struct AxisStep(int Place, float Low, float High, int FirstRamp = 0, int Ramps = 0);
