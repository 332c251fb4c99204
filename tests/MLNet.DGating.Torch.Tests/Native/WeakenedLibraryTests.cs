using MLNet.DGating.Torch.Native;
using MLNet.DGating.Torch.Native.Elf;
using MLNet.DGating.Torch.Tests.Native.Elf;

namespace MLNet.DGating.Torch.Tests.Native;

public class WeakenedLibraryTests
{
    [Fact]
    public void Weaken_ChangesTheFlagsOfTheMissingVersionAndNothingElse()
    {
        byte[] original = TinyElf.Build();
        ElfVersionNeed missing = Needs(original).Single(need => need.Version == "C");
        byte[] weakened = TinyElf.Build();
        WeakenedLibrary.Weaken(weakened, [missing]);

        Assert.Equal([false, false, true], Needs(weakened).Select(need => need.IsWeak));
        int changed = Assert.Single(Enumerable.Range(0, original.Length), index => original[index] != weakened[index]);
        Assert.Equal(missing.FlagsOffset, changed);
    }

    private static List<ElfVersionNeed> Needs(byte[] file) => new ElfFile(new MemoryStream(file)).VersionNeeds();
}
