using MLNet.DGating.Torch.Native;

namespace MLNet.DGating.Torch.Tests.Native;

public class AddressSpaceTests
{
    private const string Limits = """
        Limit                     Soft Limit           Hard Limit           Units
        Max cpu time              unlimited            unlimited            seconds
        Max address space         {0} unlimited            bytes
        Max file locks            unlimited            unlimited            locks
        """;

    [Theory]
    [InlineData("4096000            ", 3_686_400L)]
    [InlineData("unlimited          ", null)]
    public void TheRoom_IsTheLimit_WithoutWhatIsInUse(string limit, long? room) =>
        Assert.Equal(room, AddressSpace.RoomIn(Limits.Replace("{0}", limit, StringComparison.Ordinal), "100 20 30 1 0 5 0", 4096));

    [Fact]
    public void WhereNothingIsSaid_ThereIsNoLimit()
    {
        Assert.Null(AddressSpace.RoomIn("", "100 20", 4096));
        Assert.Null(AddressSpace.RoomIn(Limits.Replace("{0}", "4096000", StringComparison.Ordinal), "", 4096));
    }
}
