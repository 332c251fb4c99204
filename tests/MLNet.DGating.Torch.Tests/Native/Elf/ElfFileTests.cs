using MLNet.DGating.Torch.Native.Elf;

namespace MLNet.DGating.Torch.Tests.Native.Elf;

public class ElfFileTests
{
    [Fact]
    public void VersionNeeds_AreRead_InTheFilesOrder()
    {
        List<ElfVersionNeed> needs = Read(TinyElf.Build()).VersionNeeds();
        Assert.Equal(
            [("libc.so.6", "A"), ("libstdc++.so.6", "B"), ("libstdc++.so.6", "C")], needs.Select(need => (need.Library, need.Version)));
        Assert.All(needs, need => Assert.False(need.IsWeak));
    }

    [Fact]
    public void VersionDefinitions_AreRead() => Assert.Equal(["V1", "V2"], Read(TinyElf.Build()).VersionDefinitions().Order());

    [LinuxFact]
    public void LibTorchSharp_IsReadAsReadelfReadsIt()
    {
        using FileStream stream = File.OpenRead(Path.Combine(ProbeApplication.BuiltNative, "libLibTorchSharp.so"));
        var file = new ElfFile(stream);
        List<ElfVersionNeed> needs = file.VersionNeeds();
        Assert.Equal(28, needs.Count);
        Assert.Equal(20, needs.Count(need => need.Library == "libstdc++.so.6"));
        Assert.Single(needs, need => need.Version == "GLIBCXX_3.4.32");
        Assert.Empty(file.VersionDefinitions());
    }

    [Fact]
    public void AnotherProcessor_IsSeen()
    {
        byte[] file = TinyElf.Build();
        file[18] = 8;
        Assert.False(Read(file).FitsProcessor);
    }

    [Theory]
    [InlineData(0, 0x7e)] // magic
    [InlineData(4, 1)] // 32 bits
    [InlineData(5, 2)] // big-endian
    public void AFileOfAnotherKind_IsRefused(int offset, byte value)
    {
        byte[] file = TinyElf.Build();
        file[offset] = value;
        BadImageFormatException error = Assert.Throws<BadImageFormatException>(() => Read(file));
        Assert.Equal("the file is not a 64-bit ELF library", error.Message);
    }

    [Fact]
    public void AVersionTableOfBillions_IsRefusedAtOnce()
    {
        byte[] file = TinyElf.Build();
        file[176 + (8 * 5) + 7] = 0x7f;
        BadImageFormatException error = Assert.Throws<BadImageFormatException>(() => Read(file).VersionNeeds());
        Assert.Equal("the file is truncated or corrupt (a version table is longer than the file)", error.Message);
    }

    [Fact]
    public void EveryTruncation_IsRefused()
    {
        byte[] file = TinyElf.Build();
        for (int length = 0; length < file.Length; length++)
        {
            byte[] start = file[..length];
            BadImageFormatException error = Assert.Throws<BadImageFormatException>(() => Read(start));
            Assert.StartsWith("the file is ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnyDamage_IsReadOrRefused_NeverAnythingElse()
    {
        var damage =
            Gen.Select(Gen.Int[0, TinyElf.Build().Length - 1], Gen.OneOf(Gen.Byte, Gen.OneOfConst<byte>(0, 1, 0x7f, 0x80, 0xff)));
        damage.List[1, 12].Sample(changes =>
        {
            byte[] file = TinyElf.Build();
            foreach ((int offset, byte value) in changes)
            {
                file[offset] = value;
            }

            ReadAll(file);
        });
    }

    [Fact]
    public void AnyBytesBehindAValidHeader_AreReadOrRefused_NeverAnythingElse() =>
        Gen.Byte.Array[0, 600].Sample(bytes => ReadAll([.. TinyElf.Build()[..176], .. bytes]));

    private static void ReadAll(byte[] bytes)
    {
        try
        {
            ElfFile file = Read(bytes);
            file.VersionNeeds();
            file.VersionDefinitions();
        }
        catch (BadImageFormatException exception)
        {
            Assert.StartsWith("the file is ", exception.Message, StringComparison.Ordinal);
        }
    }

    private static ElfFile Read(byte[] bytes) => new(new MemoryStream(bytes));
}
