namespace MLNet.DGating.Torch.Tests.Native;

internal sealed class TemporaryDirectory : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("native-tests-").FullName;

    internal string Sub(params string[] names) => Directory.CreateDirectory(System.IO.Path.Combine([Path, .. names])).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
