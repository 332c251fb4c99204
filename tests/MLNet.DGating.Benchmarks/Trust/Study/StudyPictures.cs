using System.Text;
using MLNet.DGating.Plots.Charts;
using MLNet.DGating.Plots.Drawing;
using MLNet.DGating.Plots.Writing;

namespace MLNet.DGating.Benchmarks;

/// <summary>Draws the pictures of docs/trust.md.</summary>
internal static class StudyPictures
{
    private const string Wrong = "Wrong columns: selected ones that say nothing, and true ones missed; means with standard errors. ";
    private const string Exact = "How often exactly the true columns are selected, with standard errors. ";

    public static void Save(StudyCell[] cells, StudyRepetition[] repetitions, string folder)
    {
        ILookup<string, StudyRepetition> ofCell = repetitions.ToLookup(repetition => repetition.Cell);
        foreach ((string sweep, string title, string text, string across, ScaleKind kind) in Sweeps())
        {
            bool isPhase = text.StartsWith(Exact, StringComparison.Ordinal);
            (StudyCell Cell, (string Name, Func<StudyRepetition, double?> Value)[] Curves)[] measured =
            [
                .. cells.Where(cell => cell.Sweep == sweep && ofCell.Contains(cell.Name))
                    .Select(cell => (cell, (isPhase ? StudyCurves.Exact() : StudyCurves.Wrong()).ToArray())),
            ];
            var chart = new StudyChart(title, text, across, isPhase ? "probability of the exact set" : "wrong columns", kind)
            {
                Curves =
                [
                    .. measured[0].Curves.Select((curve, i) => (curve.Name, measured.Select(cell => new StudyPoint(
                        cell.Cell.X, StudyCurves.EstimateOf(ofCell[cell.Cell.Name], cell.Curves[i].Value)!.Value)).ToArray())),
                ],
            };
            Write(folder, sweep, chart.Draw());
        }

        Write(folder, "bound", BoundChart.Draw(
        [
            .. cells.Where(cell => cell.Pairs > 0 && ofCell.Contains(cell.Name)).Select(cell => (cell.Name,
                StudyCurves.EstimateOf(ofCell[cell.Name], repetition => repetition.Stable?.False)!.Value,
                ofCell[cell.Name].Average(repetition => repetition.Bound))),
        ]));
    }

    private static IEnumerable<(string Sweep, string Title, string Text, string Across, ScaleKind Kind)> Sweeps()
    {
        yield return ("correlation", "Correlated columns", Wrong + "5 of 20 columns are true, 1,000 rows.",
            "correlation of neighbouring columns", ScaleKind.Linear);
        yield return ("noise", "More and more columns that say nothing", Wrong + "5 true columns, 1,000 rows.",
            "columns that say nothing", ScaleKind.Logarithmic);
        yield return ("rows", "Few and many rows", Wrong + "5 of 30 columns are true.", "rows", ScaleKind.Logarithmic);
        yield return ("labels", "Wrong labels", Wrong + "5 of 20 columns are true, 1,000 rows.",
            "wrong labels, per cent", ScaleKind.Linear);
        yield return ("linear", "The phase transition, linear", Exact + "A sum of true columns with noise, 50 columns, 200 rows.",
            "true columns", ScaleKind.Linear);
        yield return ("pairs", "The phase transition, pairs", Exact
            + "A sum of 10 |x₂ᵢ − x₂ᵢ₋₁| with noise, 50 columns, 500 rows.", "true columns", ScaleKind.Linear);
    }

    private static void Write(string folder, string name, Picture picture) =>
        File.WriteAllText(Path.Combine(folder, name + ".svg"), SvgWriter.Write(picture), new UTF8Encoding(false));
}
