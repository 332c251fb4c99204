namespace MLNet.DGating.Scoring.Tests;

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
        string text = Reports.PerSlot(100, [.. Enumerable.Range(0, 60)], [.. Enumerable.Range(0, 100).Select(slot => new string('n', 50) + slot)]).ToString();
        Assert.StartsWith("60 of 100 features selected", text, StringComparison.Ordinal);
        Assert.Contains("... and 30 more", text, StringComparison.Ordinal);
        Assert.Contains("40 dropped.", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void ToString_OfNothingSelected_SaysSo() =>
        Assert.StartsWith(
            "0 of 3 features selected from 'Features': the model predicts a constant.", Reports.PerSlot(3, []).ToString(), StringComparison.Ordinal);

    [Fact]
    public void ToString_OfEverythingSelected_SaysNothingOfDropped() =>
        Assert.DoesNotContain("dropped", Reports.PerSlot(2, [0, 1]).ToString(), StringComparison.Ordinal);
}
