using MLNet.DGating.Torch.Native;

namespace MLNet.DGating.Torch.Tests.Native;

public sealed class NativeCacheTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string Target => Path.Combine(directory.Path, "key", "library.so");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Put_WritesAFile()
    {
        NativeCache.Put(Target, [1, 2, 3]);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Target));
    }

    [Fact]
    public void Put_LeavesTheSameContentAlone()
    {
        NativeCache.Put(Target, [1, 2, 3]);
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Target, longAgo);
        NativeCache.Put(Target, [1, 2, 3]);
        Assert.Equal(longAgo, File.GetLastWriteTimeUtc(Target));
    }

    [Fact]
    public void Put_ReplacesOtherContent()
    {
        NativeCache.Put(Target, [1, 2]);
        NativeCache.Put(Target, [1, 2, 3]);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Target));
    }

    [Fact]
    public void Put_FromManyThreads_NeverShowsAPart()
    {
        byte[] content = new byte[1 << 20];
        Array.Fill<byte>(content, 7);
        Parallel.For(0, 32, _ =>
        {
            NativeCache.Put(Target, content);
            Assert.Equal(content.Length, new FileInfo(Target).Length);
        });
        Assert.Equal(Target, Assert.Single(Directory.GetFiles(directory.Path, "*", SearchOption.AllDirectories)));
    }
}
