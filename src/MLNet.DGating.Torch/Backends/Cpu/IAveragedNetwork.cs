using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Represents a network on the CPU whose present state ranks replace by their mean.</summary>
internal interface IAveragedNetwork : ITrainedNetwork
{
    /// <summary>The parameters, and what steps remember of earlier ones.</summary>
    IEnumerable<CpuMatrix> Trained { get; }

    /// <summary>Goes on from parameters that were replaced.</summary>
    /// <param name="gateDepth">D, or <see cref="StepSettings.Ungated"/>.</param>
    void Renew(double gateDepth);
}
