using MLNet.DGating;

namespace FraudImbalanced;

/// <summary>Which features survive under which weighting, and with what importance.</summary>
internal static class FeatureTable
{
    public static void Print(Weighting[] weightings, FeatureSelectionReport[] reports)
    {
        Console.WriteLine();
        Console.WriteLine($"  {"importance of",-20}{string.Concat(weightings.Select(weighting => $"{weighting.Name,24}"))}");
        IEnumerable<int> order = Enumerable.Range(0, reports[0].Features.Count)
            .OrderByDescending(feature => reports.Count(report => report.Features[feature].IsSelected))
            .ThenByDescending(feature => reports.Max(report => report.Features[feature].Importance));
        foreach (int feature in order)
        {
            string cells = string.Concat(reports.Select(report => Cell(report.Features[feature])));
            Console.WriteLine($"  {reports[0].Features[feature].Name,-20}{cells}");
        }
    }

    private static string Cell(FeatureGate gate) => gate.IsSelected ? $"{gate.Importance,24:f2}" : $"{"-",24}";
}
