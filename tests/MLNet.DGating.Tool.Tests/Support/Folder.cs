namespace MLNet.DGating.Tool.Tests.Support;

/// <summary>A temporary folder; disposing deletes it.</summary>
public sealed class Folder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dgating-tool");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public IEnumerable<string> Files => _folder.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(file => file.Name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
