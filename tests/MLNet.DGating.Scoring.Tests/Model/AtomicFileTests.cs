using System.Diagnostics;
using MLNet.DGating.Model;

namespace MLNet.DGating.Scoring.Tests.Model;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dgating-atomic").FullName;

    private string File1 => Path.Combine(_folder, "model[1]*.zip");

    [Fact]
    public void Write_ReplacesTheFile_AndLeavesNothingBeside()
    {
        Write("old");
        Write("new");
        Assert.Equal("new", File.ReadAllText(File1));
        Assert.Equal([File1], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_ThatFails_LeavesTheOldFile()
    {
        Write("old");
        Assert.Throws<IOException>(() => AtomicFile.Write(File1, temporary =>
        {
            File.WriteAllText(temporary, "half");
            throw new IOException("full");
        }));
        Assert.Equal("old", File.ReadAllText(File1));
        Assert.Equal([File1], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_RemovesWhatAKilledProcessLeft_AndNothingElse()
    {
        using Process ended = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        ended.WaitForExit();
        string dead = Leave($".{Environment.MachineName}-{ended.Id}-abcdefgh.tmp");
        string alive = Leave($".{Environment.MachineName}-{Environment.ProcessId}-abcdefgh.tmp");
        string elsewhere = Leave($".another-machine-{ended.Id}-abcdefgh.tmp");
        string foreign = Leave(".tmp");
        string other = Path.Combine(_folder, $"other.{Environment.MachineName}-{ended.Id}-abcdefgh.tmp");
        File.WriteAllText(other, "");

        Write("new");
        Assert.False(File.Exists(dead));
        Assert.All((string[])[alive, elsewhere, foreign, other], path => Assert.True(File.Exists(path), path));
    }

    [Fact]
    public void Write_ToALink_ReplacesTheFileThatItLeadsTo()
    {
        Write("old");
        string link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, File1);
        AtomicFile.Write(link, temporary => File.WriteAllText(temporary, "new"));
        Assert.Equal("new", File.ReadAllText(File1));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void Write_ToAFolderADeviceOrNowhere_Throws()
    {
        Assert.Contains("is a folder", Assert.Throws<ArgumentException>(() => WriteTo(_folder)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => WriteTo(Path.Combine(_folder, "no", "file")));
        Assert.Throws<ArgumentException>(() => WriteTo(""));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains("is a device", Assert.Throws<ArgumentException>(() => WriteTo("/dev/full")).Message, StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string content) => AtomicFile.Write(File1, temporary => File.WriteAllText(temporary, content));

    private static void WriteTo(string path) => AtomicFile.Write(path, temporary => File.WriteAllText(temporary, ""));

    private string Leave(string suffix)
    {
        File.WriteAllText(File1 + suffix, "half");
        return File1 + suffix;
    }
}
