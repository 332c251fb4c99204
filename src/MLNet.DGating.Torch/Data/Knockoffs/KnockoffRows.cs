using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Data.Knockoffs;

/// <summary>Gives rows their knockoffs.</summary>
internal static class KnockoffRows
{
    private const int RowsAtOnce = 1024;

    /// <summary>Gives all rows with a knockoff behind every group that may leave, those in memory and those of their stream.</summary>
    /// <remarks>The matrix is a new one, of up to twice the columns, in the precision of the given one.</remarks>
    /// <param name="data">The rows, dense.</param>
    /// <param name="model">The model of the knockoffs.</param>
    /// <param name="modelRows">The numbers of the rows that the model was estimated from.</param>
    /// <param name="random">Draws the knockoffs.</param>
    public static TrainingSet WithKnockoffs(this TrainingSet data, KnockoffModel model, int[] modelRows, RandomStream random)
    {
        var layout = new KnockoffLayout(data.Groups);
        InputEncoding encoding = data.EncodingBy(modelRows, isPiecewise: false);
        var noise = new NormalNoise(random);
        RowMatrix matrix = data.Features is HalfMatrix ? new HalfMatrix(layout.Groups.Inputs) : new DesignMatrix(layout.Groups.Inputs);
        int inputs = data.Features.Columns;
        using KnockoffDraw draw = NewDraw();
        foreach (int[] rows in Enumerable.Range(0, data.Rows).Chunk(RowsAtOnce))
        {
            float[] raw = new float[rows.Length * inputs];
            for (int i = 0; i < rows.Length; i++)
            {
                data.Features.Read(rows[i], raw.AsSpan(i * inputs, inputs));
            }

            draw.Draw(raw, row => matrix.Add(row));
        }

        return data with
        {
            Features = matrix,
            Groups = layout.Groups,
            Stream = data.Stream is { } stream ? stream with { Open = () => new KnockoffPass(stream.Open(), NewDraw(), inputs) } : null,
        };

        KnockoffDraw NewDraw() => new(model, encoding, layout, noise);
    }
}
