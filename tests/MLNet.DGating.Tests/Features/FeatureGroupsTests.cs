using Microsoft.ML;

namespace MLNet.DGating.Tests.Features;

/// <summary>Which slots stay or go together.</summary>
public class FeatureGroupsTests
{
    private static readonly SlotMetadata s_ranges = new(null, [1, 3, 5, 6]);

    [Fact]
    public void PerSlot_IsEverySlotAlone_EvenInAOneHotBlock() =>
        Assert.Equal([[0], [1], [2], [3], [4], [5], [6]], FeatureGroups.PerSlot.Resolve(s_ranges, 7));

    [Fact]
    public void BySourceColumn_KeepsOneHotBlocksWhole() =>
        Assert.Equal([[0], [1, 2, 3], [4], [5, 6]], FeatureGroups.BySourceColumn.Resolve(s_ranges, 7));

    [Fact]
    public void OfSlots_LeavesOtherSlotsAlone() =>
        Assert.Equal([[0, 5], [1], [2, 4], [3]], FeatureGroups.OfSlots([4, 2], [5, 0]).Resolve(s_ranges, 6));

    [Fact]
    public void OfSlots_OfNothing_IsPerSlot() => Assert.Equal([[0], [1]], FeatureGroups.OfSlots().Resolve(SlotMetadata.None, 2));

    [Fact]
    public void OfSlots_WithAnOverlap_NamesSlotAndGroups() => Assert.Equal(
        "Slot 2 is in group 0 (1, 2) and again in group 1 (2, 3); groups must not overlap. (Parameter 'groups')",
        Assert.Throws<ArgumentException>(() => FeatureGroups.OfSlots([1, 2], [3, 2])).Message);

    [Fact]
    public void OfSlots_WithASlotTwiceInAGroup_SaysSo() => Assert.Equal(
        "Slot 2 is in group 0 twice. (Parameter 'groups')",
        Assert.Throws<ArgumentException>(() => FeatureGroups.OfSlots([2, 1, 2])).Message);

    [Fact]
    public void OfSlots_WithAnEmptyGroup_NamesIt() => Assert.Equal(
        "Group 1 has no slots. (Parameter 'groups')",
        Assert.Throws<ArgumentException>(() => FeatureGroups.OfSlots([1, 2], [])).Message);

    [Fact]
    public void OfSlots_WithANegativeSlot_NamesIt() => Assert.Equal(
        "Group 1 names slot -3; slots are numbered from 0. (Parameter 'groups')",
        Assert.Throws<ArgumentException>(() => FeatureGroups.OfSlots([1, 2], [4, -3])).Message);

    [Fact]
    public void OfSlots_WithNull_NamesTheParameterOrTheGroup()
    {
        Assert.Equal("groups", Assert.Throws<ArgumentNullException>(() => FeatureGroups.OfSlots(null!)).ParamName);
        Assert.Equal(
            "Group 1 is null. (Parameter 'groups')", Assert.Throws<ArgumentException>(() => FeatureGroups.OfSlots([1], null!)).Message);
    }

    [Theory, AllTasks]
    public void Fit_WithAGroupBeyondTheColumn_NamesSlotAndColumn(string task) => Assert.StartsWith(
        "Groups names slot 7, but the feature column has 4 slots, 0 to 3.",
        Assert.ThrowsAny<ArgumentException>(() => TrainingTask.Get(task).Fit(new MLContext(), Planted.Linear(60, 4, 2, seed: 1), 1,
            options => options.Groups = FeatureGroups.OfSlots([1, 7]))).Message, StringComparison.Ordinal);

    [Theory, AllTasks]
    public void Fit_BySourceColumn_KeepsOrDropsAOneHotBlockAsAWhole(string task)
    {
        // The category (slots 1 to 3) decides, slot 0 is noise; then the other way round.
        var context = new MLContext(seed: 1);
        Assert.Equal([1, 2, 3], Fit((_, category) => category - 1).Selected);
        Assert.Equal([0], Fit((number, _) => number).Selected);

        Fitted Fit(Func<double, int, double> target)
        {
            var random = new Random(1);
            DataRow[] rows = [.. Enumerable.Range(0, 200).Select(_ =>
            {
                float number = Planted.Gauss(random);
                int category = random.Next(3);
                float[] features = [number, 0, 0, 0];
                features[1 + category] = 1;
                return DataRow.Create(features, target(number, category));
            })];
            return TrainingTask.Get(task).Fit(context, DataRow.View(context, rows, categoricalRanges: [1, 3]), 1);
        }
    }

    [Theory, AllTasks]
    public void Fit_PerSlot_TakesAOneHotBlockApart(string task)
    {
        var context = new MLContext(seed: 1);
        IDataView data = DataRow.View(context, Planted.Linear(200, 4, 1, seed: 3), categoricalRanges: [0, 2]);
        Assert.Equal([0], TrainingTask.Get(task).Fit(context, data, 1, options => options.Groups = FeatureGroups.PerSlot).Selected);
        Assert.Equal([0, 1, 2], TrainingTask.Get(task).Fit(context, data, 1).Selected);
    }

    [Theory, AllTasks]
    public void Fit_OfSlots_KeepsOrDropsAGroupAsAWhole(string task)
    {
        var context = new MLContext(seed: 1);
        var groups = FeatureGroups.OfSlots([0, 4], [1, 5]);
        Fitted fitted = TrainingTask.Get(task).Fit(context, Planted.Linear(200, 6, 1, seed: 3), 1, options => options.Groups = groups);
        Assert.Equal([0, 4], fitted.Selected);
        Assert.Equal(4, fitted.Report.Features.Count);
        Assert.Equal([0, 4], fitted.Report.Features[0].Slots);
    }

    [Theory, AllTasks]
    public void Fit_OfSlotsThatInterleave_PredictsAsWellAsPerSlot(string task)
    {
        // Every slot reaches its own weights, although the slots of a group are not neighbours.
        var context = new MLContext(seed: 1);
        DataRow[] rows = Planted.Linear(300, 6, 6, seed: 3);
        var groups = FeatureGroups.OfSlots([0, 4], [1, 5], [2, 3]);
        Fitted fitted = TrainingTask.Get(task).Fit(context, rows, 3, options => options.Groups = groups);
        Assert.Equal([0, 1, 2, 3, 4, 5], fitted.Selected);
        Assert.InRange(TrainingTask.Get(task).QualityOn(context, fitted, rows), 0.85, 1);
    }
}
