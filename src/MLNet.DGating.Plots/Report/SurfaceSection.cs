namespace MLNet.DGating.Plots.Report;

/// <summary>The section of a report about pairs of features: a heat map for each.</summary>
internal static class SurfaceSection
{
    public static void Add(ReportPage page, IReadOnlyList<ReportSurface> surfaces)
    {
        page.Heading("What pairs of features add together");
        page.Explain("What two values add to the score beyond the curves of their features: the mean over the training rows is 0. Between "
            + "the numbers of a table it changes evenly, beyond the last ones it stays as it is.");
        page.Grid(() =>
        {
            foreach (ReportSurface one in surfaces)
            {
                page.Cell(() => Add(page, one), isWide: true);
            }
        });
    }

    private static void Add(ReportPage page, ReportSurface one)
    {
        FeaturePair pair = one.Surface.Pair;
        page.Subheading(pair.Name);
        page.Explain($"What is {one.Prediction}; its deviation over the training rows is {Words.Signed(pair.Strength)[1..]}.");
        string caption = $"{pair.First.Name} down, {pair.Second.Name} across";
        page.HeatMap(caption, Names(one.Surface.Rows), Names(one.Surface.Columns), Values(one.Surface));
    }

    private static string[] Names(IReadOnlyList<SurfacePoint> points) => [.. points.Select(point => point.Name)];

    private static double[][] Values(FeatureSurface surface) =>
    [
        .. Enumerable.Range(0, surface.Rows.Count).Select(row =>
            Enumerable.Range(0, surface.Columns.Count).Select(column => (double)surface[row, column]).ToArray()),
    ];
}
