using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The bytes of a file, unpacked where it is gzipped.</summary>
/// <remarks>.NET's own GZipStream does not notice that a file was cut.</remarks>
internal sealed class UnpackedFile : Stream
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _content;

    public UnpackedFile(string path)
    {
        _path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        int first = _file.ReadByte(), second = _file.ReadByte();
        _file.Position = 0;
        _content = (first, second) == (0x1F, 0x8B) ? new GZipInputStream(_file) : _file;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="ToolException">The file is damaged.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return _content.Read(buffer, offset, count);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or SharpZipBaseException
            or IndexOutOfRangeException or OverflowException)
        {
            // The bytes are read ahead in blocks, so the fault may be up to a block before.
            throw ToolException.Input($"'{_path}' is damaged at byte {_file.Position:n0} of {_file.Length:n0}: "
                + $"{Sentence.WithoutPeriod(fault.Message)}. Copy it again, or unpack what can be.", fault);
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}
