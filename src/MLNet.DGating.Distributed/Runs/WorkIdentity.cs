using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MLNet.DGating.Distributed.Runs;

/// <summary>Identifies work that all ranks share, before each message about it.</summary>
/// <param name="Number">The number of the work since the cluster was started, from 1.</param>
/// <param name="Hash">A hash of what its pieces are.</param>
internal sealed record WorkIdentity(long Number, ulong Hash)
{
    private const int Bytes = sizeof(long) + sizeof(ulong);

    /// <summary>Identifies work by the descriptions of its pieces.</summary>
    public static WorkIdentity Of(long number, IEnumerable<byte[]> descriptions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] description in descriptions)
        {
            hash.AppendData(description);
        }

        return new WorkIdentity(number, BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset()));
    }

    /// <summary>Gives a message about the work.</summary>
    public byte[] Before(ReadOnlySpan<byte> content)
    {
        byte[] message = new byte[Bytes + content.Length];
        BinaryPrimitives.WriteInt64LittleEndian(message, Number);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(sizeof(long)), Hash);
        content.CopyTo(message.AsSpan(Bytes));
        return message;
    }

    /// <summary>Takes a message apart.</summary>
    public static WorkIdentity Split(byte[] message, out ReadOnlyMemory<byte> content)
    {
        content = message.AsMemory(Bytes);
        return new WorkIdentity(
            BinaryPrimitives.ReadInt64LittleEndian(message), BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(sizeof(long))));
    }
}
