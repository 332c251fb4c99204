using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Computes the gradient of the loss by the scores of an additive model: what its curves do not explain.</summary>
/// <param name="data">The rows.</param>
/// <param name="curves">The additive model.</param>
internal sealed class CurveGradient(TrainingSet data, FitResult curves)
{
    private readonly int[] _inputs = data.Groups.InputsOf(curves.Groups);

    /// <summary>Gives ∂loss/∂scores of rows [rows, outputs].</summary>
    public float[] Of(int[] rows)
    {
        float[] scores = Scores(rows), gradient = new float[scores.Length], ones = new float[rows.Length];
        Array.Fill(ones, 1);
        data.Task.Loss.Gradient(scores, data.TargetsOf(rows), ones, 1, gradient);
        return gradient;
    }

    private float[] Scores(int[] rows)
    {
        InputEncoding encoding = curves.Encoding.Select(_inputs);
        encoding = data.Features.HasMissing ? encoding.WithZeroWhereMissing() : encoding;
        int outputs = curves.Shape.Outputs;
        float[] raw = new float[_inputs.Length], columns = new float[encoding.Columns], scores = new float[rows.Length * outputs];
        for (int i = 0; i < rows.Length; i++)
        {
            data.Features.Read(rows[i], _inputs, raw);
            encoding.Encode(raw, columns);
            Span<float> row = scores.AsSpan(i * outputs, outputs);
            curves.State.GatedBias.CopyTo(row);
            for (int column = 0; column < columns.Length; column++)
            {
                TensorPrimitives.MultiplyAdd(
                    curves.State.Primary.AsSpan(column * outputs, outputs), columns[column] * encoding.SkipFactors[column], row, row);
            }
        }

        return scores;
    }
}
