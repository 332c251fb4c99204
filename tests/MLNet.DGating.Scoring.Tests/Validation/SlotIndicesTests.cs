using CsCheck;

namespace MLNet.DGating.Scoring.Tests.Validation;

public class SlotIndicesTests
{
    [Fact]
    public void CheckAscending_TakesEverySetOfSlots_AndNoOtherList() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[-1, 6].Array[0, 5]).Sample((slotCount, slots) =>
        {
            bool isSet = slots.Distinct().Order().SequenceEqual(slots) && slots.All(slot => slot >= 0 && slot < slotCount);
            Exception? error = Record.Exception(() => SlotIndices.CheckAscending(slots, slotCount, "slots"));
            Assert.Equal(isSet, error is null);
            Assert.True(isSet || error is ArgumentException { ParamName: "slots" });
        });
}
