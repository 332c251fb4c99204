using MLNet.DGating.Torch.ModelSelection.Runs;

namespace MLNet.DGating.Distributed.Tests.Runs;

public class PlainDataTests
{
    private static readonly Gen<Numbers> s_numbers = Gen.Select(
        Gen.Int.Array[0, 20], Gen.Long.Array[0, 20], Gen.Double, (integers, longs, number) => new Numbers(
            Array.ConvertAll(integers, BitConverter.Int32BitsToSingle), Array.ConvertAll(longs, BitConverter.Int64BitsToDouble),
            integers, number));

    [Fact]
    public void Numbers_KeepAllTheirBits() => s_numbers.Sample(numbers =>
    {
        Numbers copy = PlainData.Read<Numbers>(PlainData.Write(numbers));
        Assert.Equal(
            numbers.Floats.Select(BitConverter.SingleToInt32Bits), copy.Floats.Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(
            numbers.Doubles.Select(BitConverter.DoubleToInt64Bits), copy.Doubles.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(numbers.Integers, copy.Integers);
        Assert.Equal(numbers.Number, copy.Number);
    });

    [Fact]
    public void Nothing_IsReadAsNothing() => Assert.Null(PlainData.Read<Numbers?>(PlainData.Write<Numbers?>(null)));

    private sealed record Numbers(float[] Floats, double[] Doubles, int[] Integers, double Number);
}
