using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Objective;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Data.Knockoffs;

/// <summary>Describes how knockoffs of rows are drawn (docs/theory.md §16).</summary>
/// <remarks>
/// z̃ = mean + (z − mean) · map + normal numbers · noise, where z are the standardized inputs. The model is plain data, so that it can be a
/// part of the description of a run.
/// </remarks>
/// <param name="Inputs">The inputs that have a knockoff, ascending; those of groups that always stay have none.</param>
/// <param name="Means">The mean of every standardized input.</param>
/// <param name="Map">The matrix [all inputs, inputs with a knockoff], row by row.</param>
/// <param name="Noise">The matrix [normal numbers, inputs with a knockoff], row by row.</param>
internal sealed record KnockoffModel(int[] Inputs, double[] Means, double[] Map, double[] Noise)
{
    /// <summary>The most inputs: matrices of ten thousand rows and columns take gigabytes, and their eigenvectors many minutes.</summary>
    public const int LargestInputs = 10_000;

    /// <summary>The count of normal numbers that a row takes.</summary>
    public int Rank => Noise.Length / Inputs.Length;

    /// <summary>Estimates the model from some rows, which are dense.</summary>
    public static KnockoffModel Of(TrainingSet data, int[] rows)
    {
        KnockoffModel? model = null;
        // One thread of libtorch, so that the bits do not depend on the number of cores.
        WorkerThreads.ForEach(1, 1, _ => model = Estimate(data, rows));
        return model!;
    }

    private static KnockoffModel Estimate(TrainingSet data, int[] rows)
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        GroupLayout groups = data.Groups;
        int[] varying = [.. Enumerable.Range(0, groups.Count).Where(group => !groups.IsKept(group))];
        int[] inputs = groups.InputsOf(varying);
        var covariance = WhitenedCovariance.Of(data, rows);
        int[] sizes = Array.ConvertAll(varying, group => covariance.Starts[group + 1] - covariance.Starts[group]);
        Tensor columns = Numbers(varying.Zip(sizes).SelectMany(group => Enumerable.Range(covariance.Starts[group.First], group.Second)));

        // What is kept is given: the precision of the other columns is that of their distribution given the kept ones.
        Tensor precision = linalg.inv(covariance.Correlation);
        Tensor toOthers = precision.index_select(1, columns), others = toOthers.index_select(0, columns);
        Tensor root = ConditionalDeviations(others, sizes, out double largestVariance);

        // S = γ E² is allowed while 2S − S P S = E (2γ − γ² E P E) E has no negative eigenvalue, and should not exceed the variance of 1.
        (Tensor spectrum, Tensor basis) = linalg.eigh(root.matmul(others).matmul(root));
        double gamma = Math.Min(1 / largestVariance, 2 / spectrum[^1].item<double>());
        double[] deviations = [.. Values(spectrum).Select(value => Math.Sqrt(Math.Max(0, gamma * (2 - gamma * value))))];
        Tensor distances = root.matmul(root).mul(LiveScalar.Of(gamma));
        Tensor same = eye(precision.shape[0], dtype: ScalarType.Float64).index_select(1, columns);
        Tensor back = covariance.Back.index_select(0, columns).index_select(1, Numbers(inputs));
        Tensor map = covariance.Whitening.matmul(same.sub(toOthers.matmul(distances))).matmul(back);
        Tensor noise = basis.mul(tensor(deviations)).t().matmul(root).matmul(back);
        return new KnockoffModel(inputs, Values(covariance.Means), Values(map), Values(noise));
    }

    // E, a block for each group: the symmetric root of its covariance given all others, which is the inverse of its block of the precision.
    private static Tensor ConditionalDeviations(Tensor precision, int[] sizes, out double largestVariance)
    {
        Tensor root = zeros_like(precision);
        largestVariance = 0;
        int start = 0;
        foreach (int size in sizes)
        {
            (Tensor values, Tensor vectors) = linalg.eigh(precision.narrow(0, start, size).narrow(1, start, size));
            root.narrow(0, start, size).narrow(1, start, size).copy_(vectors.mul(values.rsqrt()).matmul(vectors.t()));
            largestVariance = Math.Max(largestVariance, 1 / values[0].item<double>());
            start += size;
        }

        return root;
    }

    private static Tensor Numbers(IEnumerable<int> numbers) => tensor(numbers.Select(number => (long)number).ToArray());

    private static double[] Values(Tensor matrix) => matrix.contiguous().data<double>().ToArray();
}
