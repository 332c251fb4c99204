using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends;

/// <summary>Inputs that become several columns each: both backends train the columns, and groups are made of inputs.</summary>
public class EncodedInputsTests
{
    private static readonly Gen<(Problem Problem, InputEncoding Encoding, StepSettings Step, int Seed)> s_case =
        from problem in Problem.Any
        from depth in Gen.OneOf(Gen.Const(StepSettings.Ungated), Gen.Int[2, 4].Select(depth => (double)depth), Gen.Double[2, 4])
        from momentum in Gen.Float[0, 0.9f]
        from seed in Gen.Int[0, int.MaxValue]
        select Encode(problem, new StepSettings(0.05f, momentum, 0.01f, 0.05, depth, 0), seed);

    [Fact]
    public void TheLayoutOfColumns_HasTheInputsAndWeightsOfTheGroups() => s_case.Sample(each =>
    {
        (Problem problem, InputEncoding encoding, _, int seed) = each;
        GroupLayout encoded = problem.Groups, selected = encoded.Select([.. Enumerable.Range(0, encoded.Count)]);
        Assert.Equal((encoding.Inputs, encoding.Columns), (encoded.Inputs, encoded.Columns));
        int[] some = [.. Enumerable.Range(0, encoded.Count).OrderBy(group => HashCode.Combine(group, seed)).Take(1 + seed % encoded.Count)];
        foreach (GroupLayout layout in (GroupLayout[])[encoded, selected])
        {
            int[] inputs = layout.InputsOf(some);
            Assert.Equal(Columns(encoding, inputs), layout.ColumnsOf(some));
            Assert.Equal(some.Select(group => layout.Weights[group]), layout.Select(some).Weights);
            Assert.Equal((inputs.Length, layout.ColumnsOf(some).Length), (layout.Select(some).Inputs, layout.Select(some).Columns));
        }
    }, iter: 100);

    [Fact]
    public void BothBackends_TrainAlike_WithCutsAndInputsTakenOut() => s_case.Sample(each =>
    {
        (Problem problem, InputEncoding encoding, StepSettings step, int seed) = each;
        using DisposeScope scope = torch.NewDisposeScope();
        int batchRows = Math.Max(1, (problem.Data.Rows + 1) / 2);
        FeatureRows Rows() => new(problem.Data.Features, encoding);
        using var cpu = Engine.OnCpu(problem, batchRows, Rows());
        using var batched = Engine.Batched(problem, torch.ScalarType.Float64, batchRows, Rows());
        List<float[]> expected = TrainingWithACut.Run(batched, problem, step, batchRows, seed);
        List<float[]> actual = TrainingWithACut.Run(cpu, problem, step, batchRows, seed);
        for (int i = 0; i < expected.Count; i++)
        {
            Near.Rounding(expected[i], actual[i], 1e-4);
        }

        // What is left are the columns of the inputs of the groups that are left.
        Assert.Equal(cpu.Network.Groups.Columns * problem.Shape.GatedWidth, cpu.Primary.Length);
        Assert.Equal(cpu.Network.Groups.Starts, batched.Network.Groups.Starts);
        Assert.Equal(cpu.Network.Groups.InputStarts, batched.Network.Groups.InputStarts);
    }, iter: 100);

    [Fact]
    public void Training_IsThatOnTheColumnsThemselves() => s_case.Sample(each =>
    {
        (Problem problem, InputEncoding encoding, StepSettings step, int seed) = each;
        using DisposeScope scope = torch.NewDisposeScope();
        var rows = new FeatureRows(problem.Data.Features, encoding);
        Problem columns = problem with { Data = problem.Data with { Features = RandomData.Encoded(rows) } };
        using Engine encoded = Engine.OnCpu(problem, problem.Data.Rows, rows), plain = Engine.OnCpu(columns, problem.Data.Rows);
        Assert.Equal(
            TrainingWithACut.Run(plain, columns, step, problem.Data.Rows, seed),
            TrainingWithACut.Run(encoded, problem, step, problem.Data.Rows, seed));
    }, iter: 100);

    private static IEnumerable<int> Columns(InputEncoding encoding, int[] inputs) =>
        inputs.SelectMany(input => Enumerable.Range(encoding.FirstColumn(input), encoding.ColumnCount(input)));

    // The problem with the groups of its columns: inputs stand in the groups that columns had, and each becomes one to four columns.
    private static (Problem Problem, InputEncoding Encoding, StepSettings Step, int Seed) Encode(Problem plain, StepSettings step, int seed)
    {
        var random = new Random(seed);
        InputEncoding encoding = RandomEncodings.PiecewiseLinear(plain.Groups.Inputs, random);
        Problem problem = plain.With(GroupTermsOf.Random(plain.Groups.Count, random));
        if (random.Next(3) == 0)
        {
            encoding = encoding.WithZeroWhereMissing();
            FeatureMatrix complete = plain.Data.Features;
            DesignMatrix features = RandomData.Matrix(
                complete.Rows, complete.Columns, (row, column) => random.Next(4) == 0 ? float.NaN : complete.Row(row)[column]);
            problem = problem with
            {
                Data = problem.Data with { Features = new IndicatedMatrix(features, [.. Enumerable.Range(0, complete.Columns)]) },
            };
        }

        return (problem with { Data = problem.Data with { Groups = problem.Groups.Encoded(encoding) } }, encoding, step, seed);
    }
}
