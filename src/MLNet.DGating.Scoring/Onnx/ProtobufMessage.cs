using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MLNet.DGating;

/// <summary>Writes a protocol buffers message: as much of the encoding as the ONNX format needs.</summary>
internal sealed class ProtobufMessage
{
    private const int VarintField = 0, BytesField = 2, FixedField = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ProtobufMessage Add(int field, long value)
    {
        WriteTag(field, VarintField);
        WriteVarint((ulong)value);
        return this;
    }

    public ProtobufMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    public ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value._bytes.WrittenSpan);

    public ProtobufMessage Add(int field, IEnumerable<ProtobufMessage> values)
    {
        foreach (ProtobufMessage value in values)
        {
            Add(field, value);
        }

        return this;
    }

    public ProtobufMessage Add(int field, float value)
    {
        WriteTag(field, FixedField);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
        return this;
    }

    public ProtobufMessage AddBytes(int field, ReadOnlySpan<byte> bytes) => Add(field, bytes);

    public void WriteTo(Stream stream) => stream.Write(_bytes.WrittenSpan);

    private ProtobufMessage Add(int field, ReadOnlySpan<byte> bytes)
    {
        WriteTag(field, BytesField);
        WriteVarint((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    private void WriteTag(int field, int wireType) => WriteVarint(((ulong)field << 3) | (uint)wireType);

    // Seven bits a byte, the lowest first; the high bit is set where more follow.
    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
    }
}
