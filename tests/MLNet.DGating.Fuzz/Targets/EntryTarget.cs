using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using MLNet.DGating.Fuzz.Mutation;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Fuzz.Targets;

/// <summary>The network of a saved model, changed, in the hands of mlContext.Model.Load and of scoring.</summary>
/// <remarks>With the right checksum it is a hostile file, which may be any model but must not crash; without, a damaged one.</remarks>
internal sealed class EntryTarget : FuzzTarget
{
    private const string Signature = "DGATE";

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly bool _isHostile;
    private readonly byte[] _zip;
    private readonly string _entry;
    private readonly IDataView _rows;
    private readonly string _expected;

    public EntryTarget(string name, string model, string rows, bool isHostile)
        : base(name)
    {
        _isHostile = isHostile;
        _zip = File.ReadAllBytes(model);
        using var archive = new ZipArchive(new MemoryStream(_zip));
        _entry = archive.Entries.Single(entry => entry.Name == "Model.key" && Contains(entry, Signature)).FullName;
        ITransformer loaded = _mlContext.Model.Load(new MemoryStream(_zip), out DataViewSchema schema);
        _rows = _mlContext.Data.TakeRows(Read(rows, schema), 20);
        _expected = Scores(loaded);
    }

    public override byte[] Create(Random random) => ZipMutations.WithEntry(_zip, _entry, bytes =>
    {
        // After ML.NET's header and the size of a float: the length of the content, the content, its checksum.
        int content = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)) + sizeof(int) + sizeof(long);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(content - sizeof(long)));
        byte[] changed = ByteMutations.Apply(random, bytes[content..(content + length)], Words.Bytes);
        if (changed.Length != length)
        {
            Array.Resize(ref changed, length);
        }

        changed.CopyTo(bytes, content);
        if (_isHostile)
        {
            SHA256.HashData(changed, bytes.AsSpan(content + length));
        }

        return bytes;
    });

    public override Answer Try(byte[] input)
    {
        ITransformer loaded;
        try
        {
            loaded = _mlContext.Model.Load(new MemoryStream(input), out _);
        }
        catch (Exception refused) when (Chain(refused).OfType<FormatException>().Any())
        {
            return Answer.Refused;
        }

        return _isHostile || Scores(loaded) == _expected ? Answer.Taken
            : throw new FuzzFault(FaultKind.Silent, "a damaged model scores differently");
    }

    // ML.NET wraps what its constructors throw.
    private static IEnumerable<Exception> Chain(Exception fault)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static bool Contains(ZipArchiveEntry entry, string signature)
    {
        using var reader = new StreamReader(entry.Open(), System.Text.Encoding.Latin1);
        return reader.ReadToEnd().Contains(signature, StringComparison.Ordinal);
    }

    private IDataView Read(string path, DataViewSchema schema)
    {
        string[] header = File.ReadLines(path).First().Split(',');
        TextLoader.Column[] columns = [.. schema.Select(column => new TextLoader.Column(
            column.Name, column.Type == NumberDataViewType.Single ? DataKind.Single : DataKind.String,
            Array.IndexOf(header, column.Name)))];
        return _mlContext.Data.LoadFromTextFile(path, columns, ',', hasHeader: true);
    }

    private string Scores(ITransformer model) => string.Join(',', model.Transform(_rows).GetColumn<float>("Score"));
}
