using System.Diagnostics;
using CsCheck;
using Microsoft.ML;

namespace MLNet.DGating.Scoring.Tests.Selection;

public class FeatureSelectionReportTests
{
    [Fact]
    public void Features_HaveOneGateForEachGroup()
    {
        IReadOnlyList<FeatureGate> features = Reports.Small().Features;
        Assert.Equal(["Age", "Color", "Hours", "Slot 5", "Zero"], features.Select(gate => gate.Name));
        Assert.Equal([0f, 5f, 2f, 0f, 0f], features.Select(gate => gate.Importance));
        Assert.Equal([0.5, double.PositiveInfinity, 2, 0.25, 0], features.Select(gate => gate.LambdaOut));
        Assert.Equal([false, true, true, false, false], features.Select(gate => gate.IsSelected));
        Assert.Equal([1, 2, 3], features[1].Slots);
        Assert.Equal([0, 1, 2, 3, 4], features.Select(gate => gate.Index));
    }

    [Fact]
    public void BySlot_HasOneGateForEachSlot_AndAConstantSlotOfAKeptGroupIsNotSelected()
    {
        IReadOnlyList<FeatureGate> slots = Reports.Small().BySlot;
        Assert.Equal(["Age", "Color.red", "Color.green", "Color.blue", "Hours", "Slot 5", "Zero"], slots.Select(gate => gate.Name));
        Assert.Equal([0f, 3f, 0f, 4f, 2f, 0f, 0f], slots.Select(gate => gate.Importance));
        Assert.False(slots[2].IsSelected);
        Assert.Equal(0, slots[2].LambdaOut);
    }

    [Fact]
    public void BySourceColumn_GathersOneHotBlocksAndSharedPrefixes()
    {
        FeatureSelectionReport report = Reports.PerSlot(
            8, selected: [1, 3, 6], names: ["Text.a", "Text.b", "Age", "red", "green", "Text.c", "x", "x"], categoricalRanges: [3, 4]);
        IReadOnlyList<FeatureGate> columns = report.BySourceColumn;
        Assert.Equal(["Text", "Age", "red (+1)", "x", "x"], columns.Select(gate => gate.Name));
        Assert.Equal([0, 1, 5], columns[0].Slots);
        Assert.Equal(5, columns[0].LambdaOut);
        Assert.Equal([2f, 0f, 4f, 7f, 0f], columns.Select(gate => gate.Importance));
        Assert.Equal([true, false, true, true, false], columns.Select(gate => gate.IsSelected));
    }

    [Fact]
    public void Views_AgreeOnAnySelection() =>
        Gen.Int[1, 60].SelectMany(count => Gen.Bool.Array[count]).Sample(support =>
        {
            int[] selected = [.. Enumerable.Range(0, support.Length).Where(slot => support[slot])];
            string[] names = [.. support.Select((_, slot) => $"C{slot / 3}.{slot}")];
            FeatureSelectionReport report = Reports.PerSlot(support.Length, selected, names);
            Assert.Equal(support, report.Support);
            Assert.Equal(selected, report.SelectedIndices);
            Assert.Equal(support, report.BySlot.Select(gate => gate.IsSelected));
            Assert.Equal(selected.Select(slot => names[slot]), report.SelectedNames);
            Assert.All(report.BySlot, gate => Assert.Equal(gate.IsSelected, gate.Importance > 0));
            Assert.Equal(Enumerable.Range(0, support.Length), report.BySourceColumn.SelectMany(gate => gate.Slots).Order());
            Assert.All(report.BySourceColumn, gate =>
            {
                Assert.Equal(gate.Slots.Any(slot => support[slot]), gate.IsSelected);
                Assert.Equal(Math.Sqrt(gate.Slots.Sum(slot => Math.Pow(report.BySlot[slot].Importance, 2))), gate.Importance, 1e-4);
            });
        });

    [Fact]
    public void Report_OnAHundredThousandSlots_IsQuick()
    {
        var clock = Stopwatch.StartNew();
        string[] names = [.. Enumerable.Range(0, 100_000).Select(slot => slot % 3 == 0 ? "same" : $"Column{slot / 100}.{slot}")];
        FeatureSelectionReport report = Reports.PerSlot(100_000, [.. Enumerable.Range(0, 50_000).Select(i => 2 * i)], names);
        Assert.Equal(100_000, report.Features.Count);
        Assert.Equal(100_000, report.BySlot.Count);
        Assert.True(report.BySourceColumn.Count < 50_000);
        Assert.True(report.ToString().Length < 5_000);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2);
    }

    [Fact]
    public void ToDataView_HasOneRowForEachFeature()
    {
        var context = new MLContext();
        FeatureSelectionReport report = Reports.Small();
        Row[] rows = [.. context.Data.CreateEnumerable<Row>(report.ToDataView(context), reuseRowObject: false)];
        Assert.Equal(report.Features.Select(gate => gate.Name), rows.Select(row => row.Name));
        Assert.Equal(report.Features.Select(gate => gate.Index), rows.Select(row => row.Index));
        Assert.Equal(report.Features.SelectMany(gate => gate.Slots), rows.SelectMany(row => row.Slots));
        Assert.Equal(report.Features.Select(gate => gate.Importance), rows.Select(row => row.Importance));
        Assert.Equal(report.Features.Select(gate => gate.LambdaOut), rows.Select(row => row.LambdaOut));
        Assert.Equal(report.Features.Select(gate => gate.IsSelected), rows.Select(row => row.IsSelected));
        Assert.Equal([false, false, false, false, true], rows.Select(row => row.IsConstant));
    }

    [Fact]
    public void Ctor_WithPartsThatDoNotFit_NamesThem()
    {
        SelectionData good = Reports.Small().Data;
        Rejects(good with { Groups = [[0], [1, 2, 3], [4], [5]] }, "λ");
        Rejects(good with { Groups = [[0], [1, 2, 3], [3], [5], [6]] }, "Slot 3 is in two groups");
        Rejects(good with { Groups = [[0], [1, 2, 3], [4], [], [6]] }, "at least one slot");
        Rejects(good with { Groups = [[0], [1, 2], [4], [5], [6]] }, "Slot 3 is in no group");
        Rejects(good with { ConstantSlots = [1] }, "Slot 1 is constant");
        Rejects(good with { SelectedSlots = [3, 1, 4] }, "ascending");
        Rejects(good with { Importance = [1, 2, float.NaN] }, "Importance");
        Rejects(good with { LambdaOut = [1, 2, 3, 4, double.NaN] }, "λ");
        Rejects(good with { Metadata = new SlotMetadata(["a"], []) }, "1 slot names for 7 slots");
        Rejects(good with { Metadata = new SlotMetadata(null, [1, 3, 3, 4]) }, "ranges");
        Rejects(good with { FeatureColumnName = "" }, "must have a name");
        Rejects(good with { Importance = [1, 2] }, "2 importances for 3 selected slots");
        Rejects(good with { Frequency = [1, 1, 1, 1] }, "4 frequencies for 5 groups");
        Rejects(good with { Frequency = [1, 1, 1, 1, 1.5] }, "from 0 to 1");

        static void Rejects(SelectionData data, string message)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => new FeatureSelectionReport(data));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    private sealed class Row
    {
        public int Index { get; set; }

        public string Name { get; set; } = "";

        public int[] Slots { get; set; } = [];

        public float Importance { get; set; }

        public double LambdaOut { get; set; }

        public bool IsSelected { get; set; }

        public bool IsConstant { get; set; }
    }

    [Fact]
    public void OfSlots_KeepsTheFeaturesThatHaveSlotsLeft_UnderTheirNames()
    {
        var report = new FeatureSelectionReport(Reports.Small().Data.OfSlots([1, 2, 3, 4, 6]));
        Assert.Equal(["Color", "Hours", "Zero"], report.Features.Select(gate => gate.Name));
        Assert.Equal([0, 2, 3], report.SelectedIndices);
        Assert.Equal(["Color.red", "Color.blue", "Hours"], report.SelectedNames);
        Assert.Equal([1, 4], report.ConstantIndices);
        Assert.Equal([0, 2], report.Data.Metadata.CategoricalRanges);
        Assert.Equal([double.PositiveInfinity, 2, 0], report.Features.Select(gate => gate.LambdaOut));
    }
}
