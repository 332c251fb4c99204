using CsCheck;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Tables;

/// <summary>Whatever a file holds, it is understood as a table or refused in one sentence.</summary>
public sealed class AnyBytesTests : IDisposable
{
    private static readonly Gen<byte> s_byte = Gen.Frequency(
        (8, Gen.OneOfConst("abc123.,;:-/ \t\"'\n\r#%$€".Select(character => (byte)character).ToArray())), (1, Gen.Byte));

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_NeverFails_ButByTheFile() => s_byte.Array[0, 400].Sample(bytes =>
    {
        string path = _folder[$"{Guid.NewGuid()}.csv"];
        File.WriteAllBytes(path, bytes);
        var run = ToolRun.Of("inspect", path);
        Assert.True(run.ExitCode is ExitCode.Success or ExitCode.Input, run.Error);
        File.Delete(path);
    }, iter: 300);

    [Fact]
    public void Inspect_OfAPackedFileWithAWrongByte_NeverFails_ButByTheFile()
    {
        byte[] packed = File.ReadAllBytes(
            TestTables.Gzip(_folder, "t.csv.gz", string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},{i * 7919 % 104729}\n"))));
        Gen.Select(Gen.Int[2, packed.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            string path = _folder[$"{Guid.NewGuid()}.csv.gz"];
            File.WriteAllBytes(path, [.. packed[..position], value, .. packed[(position + 1)..]]);
            var run = ToolRun.Of("inspect", path);
            Assert.True(run.ExitCode is ExitCode.Success or ExitCode.Input, run.Error);
            File.Delete(path);
        }, iter: 300);
    }
}
