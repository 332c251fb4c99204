using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MLNet.DGating.Scoring.Tests.Models;

/// <summary>The entry of a saved pipeline whose header has a signature, and copies of the zip in which it is another.</summary>
internal sealed class SavedEntry
{
    private readonly byte[] _zip;
    private readonly string _name;

    public SavedEntry(byte[] zip, string signature)
    {
        _zip = zip;
        using var archive = new ZipArchive(new MemoryStream(zip));
        (_name, Bytes) = archive.Entries.Select(entry => (entry.FullName, Read(entry)))
            .Single(entry => entry.Item2.AsSpan().IndexOf(Encoding.ASCII.GetBytes(signature)) >= 0);
    }

    public byte[] Bytes { get; }

    /// <summary>Where the model begins after ML.NET's header: the header's third field says it.</summary>
    public int Block => (int)BinaryPrimitives.ReadInt64LittleEndian(Bytes.AsSpan(16));

    /// <summary>Returns the zip with the entry as the action leaves it; the zip's own checksums are right.</summary>
    public MemoryStream With(Action<byte[]> change)
    {
        byte[] changed = [.. Bytes];
        change(changed);
        var zip = new MemoryStream();
        zip.Write(_zip);
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true))
        {
            using Stream stream = archive.GetEntry(_name)!.Open();
            stream.Write(changed);
        }

        zip.Position = 0;
        return zip;
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
