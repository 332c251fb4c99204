using MLNet.DGating.Distributed.Mpi;
using MLNet.DGating.Distributed.Tests.Support;

namespace MLNet.DGating.Distributed.Tests.Mpi;

public class MpiLibraryTests
{
    [Fact]
    public void WithoutALibrary_OneSentenceSaysWhatToInstall() => Assert.StartsWith(
        "This process was started as one of several, but no library of MPI was found. Install Open MPI (Debian and Ubuntu: openmpi-bin)",
        RankThreads.MessageOf(() => MpiLibrary.Load(isOpenMpi: null, ["libthere-is-none.so"])), StringComparison.Ordinal);

    [MpirunFact]
    public void ALibraryOfAnotherKindThanTheLaunchers_IsNamed() => Assert.Contains(
        "but only libmpi.so.40: Open MPI v",
        RankThreads.MessageOf(() => MpiLibrary.Load(isOpenMpi: false, ["libmpi.so.40"])), StringComparison.Ordinal);

    [MpirunFact]
    public void ALibrary_SaysItsVersion() =>
        Assert.StartsWith("Open MPI v", MpiLibrary.Load(isOpenMpi: true).Version, StringComparison.Ordinal);
}
