using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Network;

public class EmbeddedStateTests
{
    [Fact]
    public void Compress_UndoesExpand() => Gen.Select(Gen.Int[1, 4].Array[1, 5], Gen.Int[1, 6], Gen.Int).Sample((sizes, width, seed) =>
    {
        var groups = GroupLayout.FromSizes(sizes);
        var shape = new NetworkShape([groups.Count * width, 3], 1, Skip: false, DGatingActivation.Relu);
        NetworkState blocks = EmbeddedState.Initial(shape, groups, [0.5f], new RandomStream(seed, 0));
        NetworkState again = EmbeddedState.Compress(EmbeddedState.Expand(blocks, groups), groups);
        Assert.Equal(blocks.Primary, again.Primary);
        Assert.Equal(blocks.Ungated(), again.Ungated());
    }, iter: 50);
}
