namespace MLNet.DGating.Plots.Charts;

/// <summary>The axis that the pictures of a path share: from all features on the left to none on the right.</summary>
internal static class CountAxis
{
    public const string Title = "features left";

    private const int MostOnALinearScale = 30;

    public static ScaleKind Kind(int most) => most <= MostOnALinearScale ? ScaleKind.Whole : ScaleKind.SquareRoot;
}
