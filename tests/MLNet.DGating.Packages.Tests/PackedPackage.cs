using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace MLNet.DGating.Packages.Tests;

/// <summary>A package of the feed that the build has left beside the tests.</summary>
internal sealed class PackedPackage : IDisposable
{
    private readonly ZipArchive _archive;

    private PackedPackage(string id, string extension) =>
        _archive = ZipFile.OpenRead(Path.Combine(Feed, $"{id}.{BuildFacts.Version}.{extension}"));

    public static string Feed { get; } = Path.Combine(AppContext.BaseDirectory, "feed");

    /// <summary>The files, without those of the container format.</summary>
    public IEnumerable<string> Files =>
        _archive.Entries.Select(entry => entry.FullName).Where(name => !IsOfTheContainer(name)).Order(StringComparer.Ordinal);

    /// <summary>The elements of the nuspec's metadata, by local name.</summary>
    public XElement Metadata
    {
        get
        {
            string nuspec = Files.Single(name => name.EndsWith(".nuspec", StringComparison.Ordinal));
            XElement metadata = XElement.Parse(Text(nuspec)).Elements().Single();
            foreach (XElement element in metadata.DescendantsAndSelf())
            {
                element.Name = element.Name.LocalName;
            }

            return metadata;
        }
    }

    public IEnumerable<(string Id, string Version)> Dependencies => Metadata.Descendants("dependency")
        .Select(dependency => (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value));

    public static PackedPackage Open(string id) => new(id, "nupkg");

    public static PackedPackage OpenSymbols(string id) => new(id, "snupkg");

    public string Text(string file)
    {
        using var reader = new StreamReader(_archive.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    public byte[] Bytes(string file)
    {
        using Stream stream = _archive.GetEntry(file)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The names, with version and key, of the assemblies that an assembly of the package references.</summary>
    public IReadOnlyList<string> AssemblyReferences(string file)
    {
        using var image = new PEReader(new MemoryStream(Bytes(file)));
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName().FullName)];
    }

    public void Dispose() => _archive.Dispose();

    private static bool IsOfTheContainer(string name) => name == "[Content_Types].xml"
        || name.StartsWith("_rels/", StringComparison.Ordinal)
        || name.StartsWith("package/", StringComparison.Ordinal);
}
