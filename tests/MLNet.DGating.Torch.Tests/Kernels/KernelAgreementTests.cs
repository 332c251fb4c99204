using TorchSharp;

namespace MLNet.DGating.Torch.Tests;

/// <summary>Every operation of <see cref="IKernel"/>, by SIMD and by torch in float32, on the same numbers.</summary>
public class KernelAgreementTests
{
    private const double Rounding = 2e-6;

    private static readonly Gen<(int Rows, int Columns, int Part, int Seed)> s_shape =
        from rows in Gen.Int[1, 9]
        from columns in Gen.Int[1, 37]
        from part in Gen.Int[0, columns]
        from seed in Gen.Int[0, int.MaxValue]
        select (rows, columns, part, seed);

    [Fact]
    public void AddBias_Agrees() => s_shape.Sample(shape => Agree(shape.Seed, NetworkActivation.Relu, [(shape.Rows, shape.Columns), (1, shape.Columns)],
        (kernel, buffers) => kernel.AddBias(buffers[0], buffers[1], shape.Part)), iter: 50);

    [Fact]
    public void AddBias_WithTanh_Agrees() => s_shape.Sample(shape => Agree(shape.Seed, NetworkActivation.Tanh, [(shape.Rows, shape.Columns), (1, shape.Columns)],
        (kernel, buffers) => kernel.AddBias(buffers[0], buffers[1], shape.Part)), iter: 50);

    [Fact]
    public void ActivationGradient_OfRelu_Agrees() => s_shape.Sample(shape => Agree(
        shape.Seed, NetworkActivation.Relu, [(shape.Rows, shape.Columns), (shape.Rows, shape.Columns)],
        (kernel, buffers) => kernel.ActivationGradient(buffers[0], buffers[1], shape.Part)), iter: 50);

    [Fact]
    public void ActivationGradient_OfTanh_OfABufferWiderThanTheOther_Agrees() => s_shape.Sample(shape => Agree(
        shape.Seed, NetworkActivation.Tanh, [(shape.Rows, shape.Columns), (shape.Rows, shape.Columns + 3)],
        (kernel, buffers) => kernel.ActivationGradient(buffers[0], buffers[1], shape.Part)), iter: 50);

    [Fact]
    public void AddSkipAndCopySkip_TakeTheLastColumns() => s_shape.Sample(shape => Agree(
        shape.Seed, NetworkActivation.Relu, [(shape.Rows, shape.Columns), (shape.Rows, shape.Columns + shape.Part), (shape.Rows, shape.Columns + shape.Part)],
        (kernel, buffers) =>
        {
            kernel.AddSkip(buffers[0], buffers[1]);
            kernel.CopySkip(buffers[2], buffers[0]);
        }), iter: 50);

    [Fact]
    public void ColumnSums_Agree() => s_shape.Sample(shape => Agree(shape.Seed, NetworkActivation.Relu, [(shape.Rows, shape.Columns), (1, shape.Columns)],
        (kernel, buffers) => kernel.ColumnSums(buffers[0], buffers[1])), iter: 50);

    [Fact]
    public void UpdateOfAnUngatedParameter_Agrees() => Gen.Select(s_shape, Gen.Float[0, 0.99f], Gen.Float[0, 0.5f]).Sample((shape, momentum, decay) =>
        Both(shape.Seed, NetworkActivation.Relu, (kernel, random) =>
        {
            using var parameter = new Parameter(kernel, shape.Rows, shape.Columns);
            Buffer[] buffers = [parameter.Value, parameter.Gradient, parameter.Velocity];
            Fill(random, buffers);
            kernel.Update(parameter, new StepSettings(0.1f, momentum, 0, 0, 3, 0), decay);
            kernel.Update(parameter, new StepSettings(0.1f, momentum, 0, 0, 3, 0), decay);
            return Read(buffers);
        }), iter: 50);

    [Fact]
    public void UpdateOfTheGatedLayer_Agrees_AtAnyDepth_WithWeights_ClosedGates_AndGroupsThatStay() =>
        Gen.Select(Gen.Int[1, 5].Array[1, 6], Gen.Int[1, 13], Gen.OneOf(Gen.Const(StepSettings.Ungated), Gen.Int[2, 5].Select(depth => (double)depth), Gen.Double[2, 5]),
            Gen.Float[0, 0.95f], Gen.Int[0, int.MaxValue]).Sample((sizes, width, depth, momentum, seed) =>
        Both(seed, NetworkActivation.Relu, (kernel, random) =>
        {
            GroupLayout groups = GroupLayout.Create(sizes, GroupTermsOf.Random(sizes.Length, random));
            using var parameter = new GatedParameter(kernel, groups, width);
            Fill(random, parameter.Primary, parameter.Gradient, parameter.PrimaryVelocity, parameter.GateVelocity);
            parameter.Gates.Write([.. sizes.Select((_, j) => groups.IsKept(j) ? 1 : 0.3f + random.NextSingle())]);
            int[] closed = [.. Enumerable.Range(0, sizes.Length).Where(j => !groups.IsKept(j) && random.Next(4) == 0)];
            var step = new StepSettings(0.01f, momentum, 0.1f, 0.2, depth, 0);
            kernel.Update(parameter, step);
            kernel.Close(parameter, closed);
            kernel.Compose(parameter, depth);
            float[] composed = parameter.Effective.Read();
            kernel.Update(parameter, step);
            kernel.Update(parameter, step);
            GroupMeasures measures = kernel.Measure(parameter, step);
            Assert.All(Enumerable.Range(0, sizes.Length).Where(groups.IsKept), j => Assert.Equal(1, parameter.Gates.Read()[j]));
            // Of a closed group only that it is closed: its ω is never looked at again.
            int[] open = depth == StepSettings.Ungated ? [.. Enumerable.Range(0, sizes.Length)] : [.. Enumerable.Range(0, sizes.Length).Except(closed)];
            return
            [
                composed, parameter.Gates.Read(), parameter.Effective.Read(),
                .. open.Select(j => Part(parameter.Primary, j)), .. open.Select(j => Part(parameter.PrimaryVelocity, j)),
                [.. open.Select(j => measures.Norms[j])], [.. open.Select(j => measures.GradientNorms[j] * MathF.Pow(parameter.Gates.Read()[j], (float)(depth - 1)))],
            ];

            float[] Part(Buffer buffer, int j) => buffer.Read()[(groups.Starts[j] * width)..(groups.Starts[j + 1] * width)];
        }), iter: 200);

    private static void Agree(int seed, NetworkActivation activation, (int Rows, int Columns)[] shapes, Action<IKernel, Buffer[]> operation) =>
        Both(seed, activation, (kernel, random) =>
        {
            Buffer[] buffers = [.. shapes.Select(shape => kernel.Allocate(shape.Rows, shape.Columns))];
            Fill(random, buffers);
            operation(kernel, buffers);
            List<float[]> results = Read(buffers);
            Array.ForEach(buffers, buffer => buffer.Dispose());
            return results;
        });

    private static void Both(int seed, NetworkActivation activation, Func<IKernel, Random, List<float[]>> run)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Problem problem = Problem.Create(new Random(1), 3, [1], [], new SquaredLoss(), activation: activation);
        using Engine cpu = Engine.Cpu(problem, 3), device = Engine.Device(problem, torch.ScalarType.Float32, 3);
        List<float[]> expected = run(device.Kernel, new Random(seed)), actual = run(cpu.Kernel, new Random(seed));
        for (int i = 0; i < expected.Count; i++)
        {
            Near.Rounding(expected[i], actual[i], Rounding);
        }
    }

    private static void Fill(Random random, params Buffer[] buffers) =>
        Array.ForEach(buffers, buffer => buffer.Write([.. Enumerable.Range(0, buffer.Rows * buffer.Columns).Select(_ => random.NextNormal())]));

    private static List<float[]> Read(Buffer[] buffers) => [.. buffers.Select(buffer => buffer.Read())];
}
