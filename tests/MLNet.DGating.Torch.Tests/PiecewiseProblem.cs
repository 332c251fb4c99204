using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Tests;

/// <summary>A problem whose numbers are encoded as piecewise linear.</summary>
/// <param name="Encoded">The problem over raw numbers, with the groups of their columns.</param>
/// <param name="Encoding">The encoding that all rows show.</param>
internal sealed record PiecewiseProblem(Problem Encoded, InputEncoding Encoding)
{
    /// <summary>Any problem, with numbers of all kinds.</summary>
    public static Gen<PiecewiseProblem> Any { get; } = Gen.Select(Problem.Any, Gen.Int).Select(Of);

    /// <summary>The same problem over the columns themselves, each of them an input.</summary>
    public Problem Columns
    {
        get
        {
            int[] sizes = [.. Enumerable.Range(0, Encoded.Groups.Count).Select(Encoded.Groups.Size)];
            float[] zeros = new float[Encoding.Columns], ones = [.. zeros.Select(_ => 1f)];
            var asTheyAre = new InputEncoding([.. Enumerable.Range(0, Encoding.Columns + 1)], zeros, ones, zeros, ones)
            {
                IsPiecewise = true,
                SkipFactors = Encoding.SkipFactors,
            };
            GroupLayout groups = GroupLayout.FromSizes(sizes).Encoded(asTheyAre);
            return Encoded with { Data = Encoded.Data with { Features = RandomData.Encoded(Rows()), Groups = groups } };
        }
    }

    /// <summary>The rows, encoded while they are read.</summary>
    public FeatureRows Rows() => new(Encoded.Data.Features, Encoding);

    /// <summary>Replaces the numbers of a problem by some of all kinds, of which some may be missing, and encodes them.</summary>
    public static PiecewiseProblem Of(Problem problem, int seed)
    {
        var random = new Random(seed);
        TrainingSet data = problem.Data;
        float[][] columns = [.. Enumerable.Range(0, data.Groups.Inputs).Select(_ => Numbers.Draw(random, data.Rows))];
        Func<int, int, float> value = random.Next(3) > 0
            ? (row, column) => columns[column][row]
            : (row, column) => random.Next(4) == 0 ? float.NaN : columns[column][row];
        DesignMatrix matrix = RandomData.Matrix(data.Rows, columns.Length, value);
        data = data with { Features = new IndicatedMatrix(matrix, [.. Enumerable.Range(0, columns.Length)]) };
        InputEncoding encoding = data.EncodingBy(problem.Rows, isPiecewise: true);
        return new PiecewiseProblem(problem with { Data = data with { Groups = data.Groups.Encoded(encoding) } }, encoding);
    }
}
