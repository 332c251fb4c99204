using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Models;

/// <summary>Checks the zip of a model before anything in it is believed.</summary>
/// <remarks>
/// ML.NET's own readers trust the sizes that they find, so a damaged entry may hang them or ask for gigabytes. A manifest of checksums
/// finds damage. It does not prove who wrote the file.
/// </remarks>
internal static class ModelArchive
{
    // As sha256sum writes and checks it.
    private const string ManifestEntry = "dgating.sha256";

    // Far beyond any pipeline; a larger one can only come from a hostile file.
    private const int MostEntries = 10_000;

    // Weights hardly shrink and vocabularies shrink to a third; runs of zeros are the most that a model has.
    private const long MostExpansion = 200, AlwaysAllowed = 64L << 20;

    private const int BufferSize = 1 << 16;

    /// <summary>Adds the manifest, once all other entries are written.</summary>
    public static void AddManifest(string path)
    {
        string[] lines;
        using (ZipArchive zip = ZipFile.OpenRead(path))
        {
            lines = [.. zip.Entries.Select(entry => $"{Checksum(entry)}  {entry.FullName}")];
        }

        using ZipArchive written = ZipFile.Open(path, ZipArchiveMode.Update);
        using var writer = new StreamWriter(written.CreateEntry(ManifestEntry).Open());
        Array.ForEach(lines, writer.WriteLine);
    }

    /// <summary>Checks the names, the sizes and the checksums of all entries.</summary>
    /// <exception cref="InvalidDataException">One is wrong.</exception>
    public static void Check(ZipArchive zip, long fileLength)
    {
        Require(zip.Entries.Count <= MostEntries, $"it has {zip.Entries.Count} entries");
        long size = 0;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            Require(IsPlain(entry.FullName), $"its entry '{Sentence.Shown(entry.FullName)}' leads out of the archive");
            Require(names.Add(entry.FullName), $"its entry '{Sentence.Shown(entry.FullName)}' is there twice");
            size += Math.Min(entry.Length, long.MaxValue - size);
        }

        Require(size <= AlwaysAllowed + MostExpansion * fileLength, string.Create(
            CultureInfo.InvariantCulture, $"its {fileLength:N0} bytes would become {size:N0}"));
        ZipArchiveEntry manifest = zip.GetEntry(ManifestEntry)
            ?? throw new InvalidDataException("it has no checksums, as one of an older dgating has none");
        Dictionary<string, string> checksums = Parse(manifest);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => entry != manifest))
        {
            Require(checksums.Remove(entry.FullName, out string? expected),
                $"its entry '{Sentence.Shown(entry.FullName)}' is not in the list of checksums");
            Require(expected == Checksum(entry), $"its entry '{entry.FullName}' does not have the checksum that it was written with");
        }

        Require(checksums.Count == 0, $"its entry '{Sentence.Shown(checksums.Keys.FirstOrDefault(""))}' is missing");
    }

    private static bool IsPlain(string name) =>
        name.Length > 0 && name[0] is not ('/' or '\\') && !name.Contains(':') && !name.Split('/', '\\').Contains("..");

    private static Dictionary<string, string> Parse(ZipArchiveEntry manifest)
    {
        var checksums = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = new StreamReader(manifest.Open(), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            int end = line.IndexOf("  ", StringComparison.Ordinal);
            Require(end > 0 && checksums.TryAdd(line[(end + 2)..], line[..end]), "its list of checksums cannot be read");
        }

        return checksums;
    }

    // An entry may unpack to more than it says; no more than that is read.
    private static string Checksum(ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferSize];
        long left = entry.Length;
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            Require((left -= read) >= 0, $"its entry '{Sentence.Shown(entry.FullName)}' is longer than it says");
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
