using MLNet.DGating.Torch.Objective;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Gates;

/// <summary>Lays the groups of a module out as the engine does, and measures the engine's certificate (docs/theory.md §5).</summary>
internal static class Certificates
{
    public static StationarityCertificate Measure(GateSet set, double lambda)
    {
        var weights = new List<double>[set.Count];
        var gradients = new List<double>[set.Count];
        for (int j = 0; j < set.Count; j++)
        {
            (weights[j], gradients[j]) = ([], []);
        }

        foreach (GatedPart part in set.Parts)
        {
            double[] w = Flat(part.Weight);
            using Tensor? gradient = part.Weight.grad;
            double[] g = gradient is null ? new double[w.Length] : Flat(gradient);
            foreach ((int j, long[] positions) in part.Positions().Index())
            {
                weights[j].AddRange(positions.Select(at => w[at]));
                gradients[j].AddRange(positions.Select(at => g[at]));
            }
        }

        // The engine's s_j is √size times the user's factor; here it is the factor.
        int[] sizes = [.. weights.Select(group => group.Count)];
        GroupTerms[] terms = [.. sizes.Select(size => GroupTerms.Ordinary with { Weight = set.Weight / Math.Sqrt(size) })];
        return Stationarity.Measure(
            GroupLayout.Create(sizes, terms), [.. weights.SelectMany(group => group)], [.. gradients.SelectMany(group => group)],
            lambda, set.Depth);
    }

    private static double[] Flat(Tensor values) => [.. values.to_type(float64).cpu().contiguous().data<double>()];
}
