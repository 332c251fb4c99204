using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace MLNet.DGating.Tool.Tables;

/// <summary>A writer of csv and tsv. It quotes the cells that need it.</summary>
internal sealed class TableWriter : IDisposable
{
    private readonly TextWriter _writer;
    private readonly char _separator;
    private readonly SearchValues<char> _needQuotes;
    private readonly bool _leaveOpen;
    private bool _isFirst = true;

    public TableWriter(TextWriter writer, char separator, bool leaveOpen)
    {
        _writer = writer;
        _separator = separator;
        _needQuotes = SearchValues.Create(separator, '"', '\n', '\r');
        _leaveOpen = leaveOpen;
    }

    /// <summary>Creates a file; its format follows from a name: .tsv is a tsv, .gz is gzipped, all else is csv.</summary>
    /// <param name="path">The file to create.</param>
    /// <param name="name">The name, which differs from the path where that is a temporary one.</param>
    /// <param name="encoding">The encoding of the text.</param>
    public static TableWriter Create(string path, string name, Encoding encoding)
    {
        Stream stream = File.Create(path);
        bool isGzip = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string inner = isGzip ? name[..^3] : name;
        char separator = inner.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',';
        Stream packed = isGzip ? new GZipStream(stream, CompressionLevel.Fastest) : stream;
        return new TableWriter(new StreamWriter(packed, encoding, bufferSize: 1 << 16), separator, leaveOpen: false);
    }

    public void Cell(ReadOnlySpan<char> text)
    {
        if (!_isFirst)
        {
            _writer.Write(_separator);
        }

        _isFirst = false;
        if (text.ContainsAny(_needQuotes))
        {
            _writer.Write('"');
            _writer.Write(text.ToString().Replace("\"", "\"\"", StringComparison.Ordinal));
            _writer.Write('"');
        }
        else
        {
            _writer.Write(text);
        }
    }

    public void EndRow()
    {
        _writer.Write('\n');
        _isFirst = true;
    }

    public void Dispose()
    {
        if (_leaveOpen)
        {
            _writer.Flush();
        }
        else
        {
            _writer.Dispose();
        }
    }
}
