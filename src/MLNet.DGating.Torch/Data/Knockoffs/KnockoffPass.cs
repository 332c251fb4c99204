using MLNet.DGating.Torch.Data.Streaming;

namespace MLNet.DGating.Torch.Data.Knockoffs;

/// <summary>Reads rows and draws a knockoff for each that is taken.</summary>
/// <param name="rows">The rows, of which this becomes the owner.</param>
/// <param name="draw">Draws the knockoffs, of which this becomes the owner.</param>
/// <param name="inputs">The number of inputs of a row without knockoffs.</param>
internal sealed class KnockoffPass(IRowPass rows, KnockoffDraw draw, int inputs) : IRowPass
{
    private readonly float[] _raw = new float[inputs];

    public int? Block => rows.Block;

    public bool MoveNext() => rows.MoveNext();

    public void Read(Span<float> features, out float target, out float weight)
    {
        rows.Read(_raw, out target, out weight);
        float[] both = new float[features.Length];
        draw.Draw(_raw, row => row.CopyTo(both, 0));
        both.CopyTo(features);
    }

    public void Dispose()
    {
        rows.Dispose();
        draw.Dispose();
    }
}
