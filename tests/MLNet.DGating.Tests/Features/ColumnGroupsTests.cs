using CsCheck;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Features;

/// <summary>Groups by the names of columns and slots.</summary>
public class ColumnGroupsTests
{
    private static readonly SlotMetadata s_slots = new(["Rate.a", "Rate.b", "Rate.c", "Miles", "Place.x", "Place.y", "Seconds"], [0, 2]);

    [Fact]
    public void AColumn_IsItsOneHotBlock_OrTheSlotsThatBearItsName_OrTheSlotOfThatName() => Assert.Equal(
        [[0, 1, 2, 6], [3, 4, 5]], FeatureGroups.OfColumns(["Seconds", "Rate"], ["Miles", "Place"]).Resolve(s_slots, 7));

    [Fact]
    public void WhatIsNotNamed_IsGroupedAsBySourceColumn() => Assert.Equal(
        [[0, 1, 2], [3, 6], [4], [5]], FeatureGroups.OfColumns(["Miles", "Seconds"]).Resolve(s_slots, 7));

    [Fact]
    public void ASlotTakenOutOfACategory_LeavesTheRestTogether() => Assert.Equal(
        [[0, 2], [1, 3], [4], [5], [6]], FeatureGroups.OfColumns(["Rate.b", "Miles"]).Resolve(s_slots, 7));

    [Fact]
    public void SlotsWithoutNames_AreNamedByNumber() =>
        Assert.Equal([[0], [1, 2]], FeatureGroups.OfColumns(["Slot 2", "Slot 1"]).Resolve(SlotMetadata.None, 3));

    [Fact]
    public void AnyGroups_GiveAPartition_InWhichEachIsAsAsked() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 5], Gen.Int[0, int.MaxValue]).Sample((slots, groups, seed) =>
        {
            var random = new Random(seed);
            ILookup<int, int> slotsOf = Enumerable.Range(0, slots).ToLookup(_ => random.Next(-1, groups));
            var metadata = new SlotMetadata([.. Enumerable.Range(0, slots).Select(slot => $"n{slot}")], []);
            int[][] asked = [.. slotsOf.Where(group => group.Key >= 0).Select(group => group.ToArray())];
            string[][] names = Array.ConvertAll(asked, group => Array.ConvertAll(group, slot => $"n{slot}"));
            int[][] resolved = FeatureGroups.OfColumns(names).Resolve(metadata, slots);
            Assert.Equal(Enumerable.Range(0, slots), resolved.SelectMany(group => group).Order());
            Assert.All(asked, group => Assert.Contains(resolved, part => part.SequenceEqual(group)));
        });

    [Fact]
    public void ANameInTwoGroups_IsRefused_NamingBoth() => Assert.Equal(
        "'Miles' is in the group (Rate, Miles) and again in the group (Miles, Seconds); groups must not overlap. (Parameter 'groups')",
        Assert.Throws<ArgumentException>(() => FeatureGroups.OfColumns(["Rate", "Miles"], ["Miles", "Seconds"])).Message);

    [Fact]
    public void ASlotInTwoGroups_IsRefused_NamingBoth() => Assert.Equal(
        "Groups: slot 'Rate.b' is in the group (Rate) and again in the group (Miles, Rate.b); groups must not overlap.",
        Assert.Throws<ArgumentException>(() => FeatureGroups.OfColumns(["Rate"], ["Miles", "Rate.b"]).Resolve(s_slots, 7)).Message);

    [Fact]
    public void ASlotTwiceInAGroup_IsRefused() => Assert.Equal(
        "Groups: slot 'Rate.b' is in the group (Rate.b, Rate) twice.",
        Assert.Throws<ArgumentException>(() => FeatureGroups.OfColumns(["Rate.b", "Rate"]).Resolve(s_slots, 7)).Message);

    [Theory]
    [InlineData("Group 1 has no names. (Parameter 'groups')", "a")]
    [InlineData("'a' is in the group (a, a) twice. (Parameter 'groups')", "a", "a")]
    [InlineData("Group 0 holds an empty name. (Parameter 'groups')", "")]
    public void WhatIsWrongByItself_IsRefusedAtOnce(string message, params string[] first) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => FeatureGroups.OfColumns(first, [])).Message);

    [Fact]
    public void Null_NamesTheParameterOrTheGroup()
    {
        Assert.Equal("groups", Assert.Throws<ArgumentNullException>(() => FeatureGroups.OfColumns(null!)).ParamName);
        Assert.Equal(
            "Group 1 is null. (Parameter 'groups')",
            Assert.Throws<ArgumentException>(() => FeatureGroups.OfColumns(["a"], null!)).Message);
    }

    [Theory, AllTasks]
    public void Fit_WithAnUnknownName_SaysWhichThereAre(string task)
    {
        var context = new MLContext(seed: 1);
        IDataView data = DataRow.View(context, Planted.Linear(60, 4, 2, seed: 1), slotNames: ["Rate.a", "Rate.b", "Miles", "Seconds"]);
        var groups = FeatureGroups.OfColumns(["Mile"]);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(
            () => TrainingTask.Get(task).Fit(context, data, 1, options => options.Groups = groups));
        Assert.Equal(
            "Groups names 'Mile', but there is no such column or slot. There are 'Rate', 'Miles', 'Seconds'.", error.Message);
    }

    [Theory, AllTasks]
    public void Fit_KeepsOrDropsAGroupAsAWhole(string task)
    {
        var context = new MLContext(seed: 1);
        string[] names = ["Miles", "Place.x", "Seconds", "Place.y", "Rate"];
        IDataView data = DataRow.View(context, Planted.Linear(200, 5, 1, seed: 3), names);
        var groups = FeatureGroups.OfColumns(["Miles", "Place"]);
        Fitted fitted = TrainingTask.Get(task).Fit(context, data, 1, options => options.Groups = groups);
        Assert.Equal([0, 1, 3], fitted.Selected);
        Assert.Equal(["Miles (+2)", "Seconds", "Rate"], fitted.Report.Features.Select(feature => feature.Name));
    }
}
