using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating.Scoring.Tests.Format;

public class ModelBodyTests
{
    private static readonly IExceptionContext s_context = (IHostEnvironment)new MLContext();

    [Fact]
    public void Open_GivesTheContentThatWasWritten() => Gen.Byte.Array[0, 200].Sample(content =>
    {
        CheckedReader reader = Open(Write(content));
        Assert.Equal(content, reader.ReadBytes(content.Length, "the content"));
        reader.CheckEnd();
    });

    [Fact]
    public void Open_OfAnyOtherBytes_Throws() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Double[0, 1], Gen.Byte[1, 255]).Sample((content, place, change) =>
        {
            byte[] bytes = Write(content);
            bytes[(int)(place * (bytes.Length - 1))] ^= change;
            Assert.StartsWith("The model is damaged", Rejected(bytes), StringComparison.Ordinal);
        });

    [Fact]
    public void Open_OfATruncatedOrLongerFile_Throws() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Double[0, 1]).Sample((content, part) =>
    {
        byte[] bytes = Write(content);
        Assert.StartsWith("The model is damaged", Rejected(bytes[..(int)(part * (bytes.Length - 1))]), StringComparison.Ordinal);
        Assert.Equal("The model is damaged: 1 bytes follow its end.", Rejected([.. bytes, 0]));
    });

    [Theory]
    [InlineData(long.MaxValue), InlineData(int.MaxValue), InlineData(0x8000_0000L), InlineData(-1), InlineData(long.MinValue)]
    public void Open_OfALengthThatTheFileDoesNotHave_AsksForNoMemory(long length)
    {
        byte[] bytes = Write(new byte[100]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        Rejected(bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rejected(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    // Who writes a hostile file writes the checksum, too.
    [Fact]
    public void Open_OfAHostileLengthWithTheRightChecksum_AsksForNoMemory()
    {
        byte[] content = [.. BitConverter.GetBytes(int.MaxValue), .. new byte[100]];
        Assert.Equal(SHA256.HashData(content), Write(content)[^SHA256.HashSizeInBytes..]);
        CheckedReader reader = Open(Write(content));
        int count = reader.ReadInt(0, int.MaxValue, "the count");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("the file ends within the names",
            Assert.Throws<FormatException>(() => reader.ReadFloats(count, "the names")).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private static byte[] Write(byte[] content)
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        ModelBody.Write(writer, body => body.Write(content));
        return stream.ToArray();
    }

    private static CheckedReader Open(byte[] bytes) =>
        ModelBody.Open(s_context, new BinaryReader(new MemoryStream(bytes)), bytes.Length);

    private static string Rejected(byte[] bytes) => Assert.Throws<FormatException>(() => Open(bytes)).Message;
}
