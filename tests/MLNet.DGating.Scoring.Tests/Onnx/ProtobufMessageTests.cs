using System.Text;
using CsCheck;

namespace MLNet.DGating.Scoring.Tests.Onnx;

public class ProtobufMessageTests
{
    [Fact]
    public void Add_OfANumber_CanBeReadBack() =>
        Gen.Select(Gen.Int[1, 100], Gen.Long).Sample((field, value) =>
        {
            byte[] bytes = Bytes(new ProtobufMessage().Add(field, value));
            int at = 0;
            Assert.Equal((ulong)field << 3, ReadVarint(bytes, ref at));
            Assert.Equal((ulong)value, ReadVarint(bytes, ref at));
            Assert.Equal(bytes.Length, at);
        });

    [Fact]
    public void Add_OfAMessage_HasItsLengthBeforeIt() =>
        Gen.Select(Gen.Int[1, 100], Gen.String).Sample((field, text) =>
        {
            ProtobufMessage message = new ProtobufMessage().Add(field, text);
            byte[] inner = Bytes(message), outer = Bytes(new ProtobufMessage().Add(2, message));
            int at = 0;
            Assert.Equal(2ul << 3 | 2, ReadVarint(outer, ref at));
            Assert.Equal((ulong)inner.Length, ReadVarint(outer, ref at));
            Assert.Equal(inner, outer[at..]);

            at = 0;
            Assert.Equal((ulong)field << 3 | 2, ReadVarint(inner, ref at));
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            Assert.Equal((ulong)utf8.Length, ReadVarint(inner, ref at));
            Assert.Equal(utf8, inner[at..]);
        });

    [Fact]
    public void AddBytes_PutsTheirNumberFirst()
    {
        Assert.Equal([9 << 3 | 2, 3, 7, 0, 9], Bytes(new ProtobufMessage().AddBytes(9, [7, 0, 9])));
    }

    [Fact]
    public void Add_PutsTheLeastSignificantByteOfANumberFirst() =>
        Assert.Equal([2 << 3 | 5, 0, 0, 0x80, 0x3f], Bytes(new ProtobufMessage().Add(2, 1f)));

    private static byte[] Bytes(ProtobufMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }

    private static ulong ReadVarint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
