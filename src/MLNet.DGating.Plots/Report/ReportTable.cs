using System.Globalization;
using System.Text;
using MLNet.DGating.Plots.Writing;

namespace MLNet.DGating.Plots.Report;

/// <summary>The kind of cells that a column has.</summary>
internal enum CellKind
{
    Number,
    Text,

    /// <summary>A number that a small screen leaves out.</summary>
    Aside,

    /// <summary>A bar from the left, as long as the number of the row.</summary>
    Bar,

    /// <summary>A bar from the middle, to the left for a number below 0.</summary>
    SignedBar,
}

/// <summary>A row of a table.</summary>
/// <param name="Cells">The cells, without those of bars.</param>
/// <param name="Value">The length of the bar; 0 where there is none.</param>
/// <param name="IsChosen">Whether the row is emphasized.</param>
internal sealed record ReportRow(string[] Cells, double Value = 0, bool IsChosen = false);

/// <summary>A table.</summary>
/// <param name="Caption">What it shows, for screen readers.</param>
/// <param name="Columns">The headings, and what the cells are.</param>
/// <param name="Rows">The rows.</param>
internal sealed record ReportTable(string Caption, IReadOnlyList<(string Heading, CellKind Kind)> Columns, IReadOnlyList<ReportRow> Rows)
{
    /// <summary>The longest bar; null: the largest value.</summary>
    public double? Maximum { get; init; }

    public void Write(StringBuilder html, string label)
    {
        bool isSigned = Columns.Any(column => column.Kind == CellKind.SignedBar);
        html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"").Append(Markup.Escape(label)).Append("\"><table")
            .Append(isSigned ? " class=\"signed\"" : "").Append(">\n<thead><tr>");
        foreach ((string heading, CellKind kind) in Columns)
        {
            // A column of bars shows the numbers of the one beside it, whose heading it shares.
            string element = heading.Length == 0 ? "td" : "th";
            html.Append('<').Append(element).Append(Class(kind)).Append(heading.Length == 0 ? ">" : " scope=\"col\">")
                .Append(Markup.Escape(heading)).Append("</").Append(element).Append('>');
        }

        html.Append("</tr></thead>\n<tbody>\n");
        double longest = Maximum ?? Rows.Select(row => Math.Abs(row.Value)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        foreach (ReportRow row in Rows)
        {
            html.Append(row.IsChosen ? "<tr class=\"chosen\">" : "<tr>");
            int cell = 0;
            foreach ((_, CellKind kind) in Columns)
            {
                html.Append("<td").Append(Class(kind)).Append('>')
                    .Append(kind is CellKind.Bar or CellKind.SignedBar ? Bar(row.Value, longest, kind) : Markup.Escape(row.Cells[cell++]))
                    .Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n");
    }

    private static string Class(CellKind kind) => kind switch
    {
        CellKind.Text => " class=\"text\"",
        CellKind.Aside => " class=\"aside\"",
        CellKind.Bar or CellKind.SignedBar => " class=\"bar\"",
        _ => "",
    };

    private static string Bar(double value, double longest, CellKind kind)
    {
        double share = longest > 0 && double.IsFinite(value) ? Math.Clamp(Math.Abs(value) / longest, 0, 1) : 0;
        string length = (100 * share / (kind == CellKind.Bar ? 1 : 2)).ToString("0.#", CultureInfo.InvariantCulture);
        return share == 0 ? ""
            : kind == CellKind.Bar ? $"<span style=\"width:{length}%\"></span>"
            : $"<span{(value < 0 ? " class=\"minus\"" : "")} style=\"--w:{length}%\"></span>";
    }
}
