namespace MLNet.DGating.Modules;

/// <summary>Says which epoch of a path is to be trained, or has been.</summary>
/// <param name="Lambda">λ of the epoch.</param>
/// <param name="Point">The number of the λ, from 0.</param>
/// <param name="Epoch">The number of the epoch at this λ, from 0.</param>
/// <param name="Epochs">The epochs at each λ.</param>
public readonly record struct GateEpoch(double Lambda, int Point, int Epoch, int Epochs);
