using System.Buffers.Binary;
using System.Security.Cryptography;
using MLNet.DGating.Scoring.Tests.Contract;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Scoring.Tests.Models;

/// <summary>A damaged model does not load, or it scores as it did: nothing changes without a word.</summary>
public class DamagedModelTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly IDataView _data;
    private readonly SavedEntry _entry;
    private readonly float[] _scores;

    public DamagedModelTests()
    {
        _data = _context.Data.LoadFromEnumerable(ContractRow.Create(50, seed: 1));
        ITransformer model = ContractTask.Get("regression").Pipeline(_context).Fit(_data);
        using var stream = new MemoryStream();
        _context.Model.Save(model, _data.Schema, stream);
        _entry = new SavedEntry(stream.ToArray(), "DGATEREG");
        _scores = Scores(model);
    }

    [Fact]
    public void Load_WithAnyByteOfOursChanged_FindsIt()
    {
        for (int at = _entry.Block + sizeof(int); at < _entry.Block + Length; at += 7)
        {
            Assert.Contains("The model is damaged", Rejected(bytes => bytes[at] ^= 0x10), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_WithAnyByteOfTheHeaderChanged_FailsOrScoresAsBefore()
    {
        for (int at = 0; at < _entry.Bytes.Length; at++)
        {
            if (at == _entry.Block)
            {
                at += (int)Length;
            }

            try
            {
                ITransformer loaded = _context.Model.Load(_entry.With(bytes => bytes[at] ^= 1), out _);
                Assert.Equal(_scores, Scores(loaded));
            }
            catch (Exception error)
            {
                // ML.NET reads the header, and throws what it likes.
                Assert.IsNotType<Xunit.Sdk.EqualException>(error);
            }
        }
    }

    [Fact]
    public void Load_OfAHostileNumberWithTheRightChecksum_NamesIt()
    {
        // The block begins with the size of a float, then the length of the content, whose first number is that of the slots.
        int content = _entry.Block + sizeof(int) + sizeof(long);
        string message = Rejected(bytes =>
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(content), -1);
            int end = _entry.Block + (int)Length - SHA256.HashSizeInBytes;
            SHA256.HashData(bytes.AsSpan(content..end), bytes.AsSpan(end));
        });
        Assert.Contains("The model is damaged: the number of slots is -1", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAChecksummedModelThatClaimsAnOlderFormat_Fails() =>
        Assert.Contains("The model is damaged", Rejected(bytes =>
        {
            // The version written and the version readable follow the signature.
            int version = _entry.Bytes.AsSpan().IndexOf("DGATEREG"u8) + sizeof(long);
            bytes[version] = bytes[version + sizeof(int)] = 4;
        }), StringComparison.Ordinal);

    private long Length => BinaryPrimitives.ReadInt64LittleEndian(_entry.Bytes.AsSpan(24));

    private string Rejected(Action<byte[]> change) =>
        Assert.ThrowsAny<Exception>(() => _context.Model.Load(_entry.With(change), out _)).ToString();

    private float[] Scores(ITransformer model) => [.. model.Transform(_data).GetColumn<float>("Score")];
}
