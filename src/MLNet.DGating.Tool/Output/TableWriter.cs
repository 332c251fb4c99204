using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace MLNet.DGating.Tool.Output;

/// <summary>Writes a csv file, or by its name a tsv or a gzipped one; cells are quoted where they must be.</summary>
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

    /// <param name="path">Where to write.</param>
    /// <param name="name">Whose endings say how.</param>
    public static TableWriter Create(string path, string name)
    {
        Stream stream = File.Create(path);
        bool isGzip = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string inner = isGzip ? name[..^3] : name;
        return new TableWriter(
            new StreamWriter(isGzip ? new GZipStream(stream, CompressionLevel.Fastest) : stream, new UTF8Encoding(false), bufferSize: 1 << 16),
            inner.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',', leaveOpen: false);
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
