using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Randomness;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Data.Knockoffs;

/// <summary>Draws knockoffs of rows, and sets them beside the features that they imitate.</summary>
internal static class KnockoffRows
{
    private const int RowsAtOnce = 1024;

    /// <summary>Gives all rows with a knockoff behind every group that may leave.</summary>
    /// <remarks>
    /// The matrix is a new one, of up to twice the columns, in the precision of the given one. A missing value is the mean there, so that a
    /// feature and its knockoff vary alike.
    /// </remarks>
    /// <param name="data">The rows, dense.</param>
    /// <param name="model">The model of the knockoffs.</param>
    /// <param name="modelRows">The numbers of the rows that the model was estimated from.</param>
    /// <param name="random">Draws the knockoffs.</param>
    public static TrainingSet WithKnockoffs(this TrainingSet data, KnockoffModel model, int[] modelRows, RandomStream random)
    {
        var layout = new KnockoffLayout(data.Groups);
        InputEncoding encoding = data.EncodingBy(modelRows, isPiecewise: false);
        var noise = new NormalNoise(random);
        // Inputs are ordered by group, so that the places are those of all inputs.
        int[] places = layout.Groups.InputsOf([.. Enumerable.Range(0, data.Groups.Count).Select(layout.PlaceOf)]);
        int[] placesOfKnockoffs = [.. Enumerable.Range(0, layout.Groups.Inputs).Except(places)];
        RowMatrix matrix = data.Features is HalfMatrix ? new HalfMatrix(layout.Groups.Inputs) : new DesignMatrix(layout.Groups.Inputs);
        float[] raw = new float[places.Length], augmented = new float[layout.Groups.Inputs];
        foreach (int[] rows in Enumerable.Range(0, data.Rows).Chunk(RowsAtOnce))
        {
            double[] knockoffs = Draw(data.Features, rows, model, encoding, noise);
            for (int i = 0; i < rows.Length; i++)
            {
                data.Features.Read(rows[i], raw);
                for (int input = 0; input < raw.Length; input++)
                {
                    augmented[places[input]] = float.IsNaN(raw[input]) ? encoding.Offsets[input] : raw[input];
                }

                for (int k = 0; k < placesOfKnockoffs.Length; k++)
                {
                    double standardized = knockoffs[i * placesOfKnockoffs.Length + k];
                    int input = model.Inputs[k];
                    augmented[placesOfKnockoffs[k]] = (float)(encoding.Offsets[input] + standardized / encoding.Scales[input]);
                }

                matrix.Add(augmented);
            }
        }

        return data with { Features = matrix, Groups = layout.Groups };
    }

    // The standardized knockoffs [rows, inputs with a knockoff].
    private static double[] Draw(FeatureMatrix features, int[] rows, KnockoffModel model, InputEncoding encoding, NormalNoise noise)
    {
        int inputs = features.Columns, drawn = model.Inputs.Length;
        double[] centred = new double[rows.Length * inputs];
        float[] row = new float[inputs], normal = new float[rows.Length * model.Rank];
        for (int i = 0; i < rows.Length; i++)
        {
            features.Read(rows[i], encoding, row);
            Span<double> target = centred.AsSpan(i * inputs, inputs);
            TensorPrimitives.ConvertTruncating<float, double>(row, target);
            TensorPrimitives.Subtract(target, model.Means, target);
        }

        noise.AddTo(normal, 1);
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        Tensor fromRows = tensor(centred, rows.Length, inputs).matmul(tensor(model.Map, inputs, drawn));
        Tensor fromNoise = tensor(normal, rows.Length, model.Rank).to(ScalarType.Float64).matmul(tensor(model.Noise, model.Rank, drawn));
        double[] means = Array.ConvertAll(model.Inputs, input => model.Means[input]);
        return fromRows.add_(fromNoise, LiveScalar.Of(1)).add_(tensor(means), LiveScalar.Of(1)).data<double>().ToArray();
    }
}
