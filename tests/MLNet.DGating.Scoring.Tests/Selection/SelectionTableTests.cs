namespace MLNet.DGating.Scoring.Tests.Selection;

public class SelectionTableTests
{
    [Fact]
    public void ToString_ListsTheMostImportantFirst_ThenWhatWasDropped() =>
        Assert.Equal(
            """
            2 of 5 features selected from 'Features'.
              Feature  Slots  Importance
              Color        3           5
              Hours        1           2
            3 dropped, 1 of them because constant.
            Last to leave: Age, Slot 5.

            """.ReplaceLineEndings(), Reports.Small().ToString());

    [Fact]
    public void ToString_OfALongList_IsCutWithACount()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(slot => new string('n', 50) + slot)];
        string text = Reports.PerSlot(100, [.. Enumerable.Range(0, 60)], names).ToString();
        Assert.StartsWith("60 of 100 features selected", text, StringComparison.Ordinal);
        Assert.Contains("... and 30 more", text, StringComparison.Ordinal);
        Assert.Contains("40 dropped.", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void ToString_OfNothingSelected_NamesTheConstant() =>
        Assert.Equal(
            """
            0 of 3 features selected from 'Features': the model predicts a constant.
            3 dropped.
            Last to leave: Slot 2, Slot 1.

            """.ReplaceLineEndings(), Reports.PerSlot(3, []).ToString());

    [Fact]
    public void ToString_OfEverythingSelected_IsTheTableAlone() =>
        Assert.Equal(
            """
            2 of 2 features selected from 'Features'.
              Feature  Slots  Importance
              Slot 1       1           2
              Slot 0       1           1

            """.ReplaceLineEndings(), Reports.PerSlot(2, [0, 1]).ToString());

    [Fact]
    public void ToString_EndsWithTheCertificate()
    {
        StationarityCertificate certificate = new()
        {
            Lambda = 5,
            GateDepth = 2,
            ActiveResidual = 0,
            ZeroGroupRatio = 0.2,
            ActiveGroups = 0,
            ZeroGroups = 3,
        };
        var report = new FeatureSelectionReport(Reports.PerSlot(3, []).Data with { Certificate = certificate });
        Assert.EndsWith($"Slot 1.{Environment.NewLine}{certificate}{Environment.NewLine}", report.ToString(), StringComparison.Ordinal);
    }
}
