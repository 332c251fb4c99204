using System.IO.Compression;

namespace MLNet.DGating.Fuzz.Mutation;

/// <summary>Changes a zip: its bytes, or what is in an entry, with the zip's own checksum right again.</summary>
internal static class ZipMutations
{
    public static byte[] Apply(Random random, byte[] zip) => random.Next(3) switch
    {
        0 => ByteMutations.Apply(random, zip, Words.Bytes),
        1 => zip[..random.Next(zip.Length)],
        _ => WithEntry(zip, Any(random, zip), bytes => ByteMutations.Apply(random, bytes, Words.Bytes)),
    };

    /// <summary>Returns a zip in which one entry is another.</summary>
    public static byte[] WithEntry(byte[] zip, string name, Func<byte[], byte[]> change)
    {
        var copy = new MemoryStream();
        copy.Write(zip);
        using (var archive = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true))
        {
            using Stream stream = archive.GetEntry(name)!.Open();
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            byte[] changed = change(bytes);
            stream.SetLength(0);
            stream.Write(changed);
        }

        return copy.ToArray();
    }

    private static string Any(Random random, byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries[random.Next(archive.Entries.Count)].FullName;
    }
}
