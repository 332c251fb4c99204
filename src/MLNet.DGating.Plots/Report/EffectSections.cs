using MLNet.DGating.Plots.Charts;
using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Report;

/// <summary>The sections of a report about what features do: effects, stand-ins, explained rows, and what was left out.</summary>
internal static class EffectSections
{
    public static void AddEffects(ReportPage page, IReadOnlyList<ReportEffect> effects, bool hasPairs)
    {
        page.Heading("What each feature does");
        page.Explain(effects.Any(effect => effect.IsAdded)
            ? "What each value adds to the score, compared with a row at the mean of the training rows. The model is the sum of these "
                + (hasPairs ? "curves and of what pairs of features add together."
                    : "curves, so that they hold whatever the other features are.")
            : "The mean prediction if every row had this value of the feature, its others as they are. Where features vary "
                + "together, some of these rows are unlikely ones, and the curve says what the model would predict for them.");
        page.Grid(() =>
        {
            foreach (ReportEffect effect in effects)
            {
                if (effect.Categories.Count > 0)
                {
                    page.Cell(() => AddCategories(page, effect));
                }
                else
                {
                    page.Panel(Chart(effect).Draw());
                }
            }
        });
    }

    public static void AddStandIns(ReportPage page, IReadOnlyList<FeatureSubstitutes> found, IReadOnlyList<ReportStandIn> measured)
    {
        IReadOnlyList<ReportStandIn> all = measured.Count > 0 ? measured : [.. found.SelectMany(feature => feature.Substitutes.Select(
            substitute => new ReportStandIn
            {
                Feature = feature.Feature.Name,
                StandIn = substitute.Feature.Name,
                ValueCorrelation = substitute.ValueCorrelation,
                EffectCorrelation = substitute.EffectCorrelation,
            }))];
        page.Heading("Stand-ins");
        if (all.Count == 0)
        {
            page.Explain("No feature that was dropped carries much of what a kept one says.");
            return;
        }

        bool hasQuality = all.Any(one => one.Quality is not null);
        page.Explain("Features that were dropped and carry much the same as a kept one, for where that one cannot be measured. The "
            + "correlation of values is that of the features themselves; that of effects says how much of what the kept one adds to scores "
            + "can be told from the other."
            + (hasQuality ? " The quality is that of a model trained with it in place of the kept one, on the test rows." : ""));
        var table = new ReportTable(
            "Stand-ins",
            [
                ("Kept", CellKind.Text), ("Stand-in", CellKind.Text), ("Values", CellKind.Number), ("Effect", CellKind.Number),
                .. hasQuality ? [("Quality with it", CellKind.Text)] : Array.Empty<(string, CellKind)>(),
            ],
            [
                .. all.Select(one => new ReportRow(
                [
                    one.Feature, one.StandIn, NumberText.Value(Math.Round(one.ValueCorrelation, 3)),
                    NumberText.Value(Math.Round(one.EffectCorrelation, 3)),
                    .. hasQuality ? [one.Quality ?? "–"] : Array.Empty<string>(),
                ])),
            ]);
        page.Table(table, all.Count > ReportPage.MostOpenRows ? Words.Count(all.Count, "stand-in") : null);
    }

    public static void AddExamples(ReportPage page, IReadOnlyList<ReportExample> examples, bool hasPairs)
    {
        page.Heading("Some rows explained");
        page.Explain("What each column adds to the score of the row, compared with a row at the mean of the training rows."
            + (hasPairs ? " Of what a pair adds each of its two has half." : ""));
        page.Grid(() =>
        {
            foreach (ReportExample example in examples)
            {
                page.Cell(() =>
                {
                    page.Subheading(example.Title);
                    page.Explain(example.Outcome);
                    page.Table(new ReportTable(
                        example.Title,
                        [("Column", CellKind.Text), ("Value", CellKind.Text), ("", CellKind.SignedBar), ("Adds", CellKind.Number)],
                        [
                            .. example.Contributions.Select(one => new ReportRow(
                                [one.Column, one.Value, Words.Signed(one.Contribution)], one.Contribution)),
                        ]));
                });
            }
        });
    }

    public static void AddDropped(ReportPage page, FeatureSelectionReport report, IReadOnlyList<(string Name, string Reason)> leftOut)
    {
        if (leftOut.Count == 0 && report.Features.All(feature => feature.IsSelected))
        {
            return;
        }

        page.Heading("What was dropped, and why");
        page.Explain("A feature leaves the path at the λ where what it adds is no longer worth its weight; the larger its λ, the longer it "
            + "was needed. A constant one says nothing.");
        if (leftOut.Count > 0)
        {
            var table = new ReportTable(
                "Columns that were not read", [("Column", CellKind.Text), ("Not read because", CellKind.Text)],
                [.. leftOut.Select(column => new ReportRow([column.Name, column.Reason]))]);
            page.Table(table, leftOut.Count > ReportPage.MostOpenRows ? $"{Words.Count(leftOut.Count, "column")} not read" : null);
        }

        SelectionTables.AddDropped(page, report);
    }

    private static void AddCategories(ReportPage page, ReportEffect effect)
    {
        page.Subheading(effect.Feature);
        var table = new ReportTable(
            effect.Feature,
            [("Value", CellKind.Text), ("", effect.IsAdded ? CellKind.SignedBar : CellKind.Bar), (effect.Prediction, CellKind.Number)],
            [
                .. effect.Categories.Select(one => effect.IsAdded
                    ? new ReportRow([one.Category, Words.Signed(one.Prediction)], one.Prediction)
                    : new ReportRow([one.Category, NumberText.Metric(one.Prediction)], Math.Max(0, one.Prediction))),
            ]);
        page.Table(table, effect.Categories.Count > ReportPage.MostOpenRows ? Words.Count(effect.Categories.Count, "value") : null);
    }

    private static PanelChart Chart(ReportEffect effect) => new()
    {
        Title = effect.Feature,
        Description = "",
        HorizontalTitle = effect.Feature,
        VerticalTitle = effect.Prediction,
        Series = [.. effect.Curves.Select(curve => new PanelSeries(curve.Name, curve.Points))],
    };
}
