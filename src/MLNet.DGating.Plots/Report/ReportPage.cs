using System.Text;
using MLNet.DGating.Plots.Drawing;
using MLNet.DGating.Plots.Writing;

namespace MLNet.DGating.Plots.Report;

/// <summary>A page of HTML with sections of tables and pictures. Text that is added is escaped.</summary>
internal sealed class ReportPage
{
    private const string Style = """
        :root { color-scheme: light; }
        body { font-family: Arial, Helvetica, sans-serif; color: #222; background: #fff;
            max-width: 940px; margin: 24px auto; padding: 0 20px; line-height: 1.45; }
        h1 { font-size: 26px; margin: 0 0 4px; overflow-wrap: anywhere; }
        h2 { font-size: 19px; margin: 36px 0 8px; border-bottom: 1px solid #ddd; padding-bottom: 4px; }
        p { margin: 6px 0 12px; }
        .lead { font-size: 17px; }
        figure { margin: 18px 0 26px; break-inside: avoid; }
        figure svg { width: 100%; height: auto; display: block; }
        table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
        thead { display: table-header-group; }
        th { text-align: right; border-bottom: 2px solid #8a8a8a; padding: 4px 10px; vertical-align: bottom; }
        td { text-align: right; border-bottom: 1px solid #e8e8e8; padding: 3px 10px; }
        th.text, td.text { text-align: left; overflow-wrap: anywhere; }
        tr { break-inside: avoid; }
        tr.chosen td { font-weight: bold; background: #eef5fa; }
        summary { cursor: pointer; margin: 14px 0 8px; color: #0072B2; }
        .explain { color: #5a5a5a; font-size: 14px; }
        @media print {
            body { margin: 0; max-width: none; padding: 0; font-size: 11pt; }
            summary { list-style: none; }
            @page { margin: 16mm; }
        }
        """;

    private readonly StringBuilder _html = new();

    public ReportPage(string title)
    {
        string escaped = Markup.Escape(title);
        _html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(escaped)
            .Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<h1>").Append(escaped).Append("</h1>\n");
    }

    public void Lead(string text) => Paragraph(text, "lead");

    public void Explain(string text) => Paragraph(text, "explain");

    public void Heading(string text) => _html.Append("<h2>").Append(Markup.Escape(text)).Append("</h2>\n");

    public void Figure(Picture picture) => _html.Append("<figure>\n").Append(SvgWriter.Write(picture)).Append("</figure>\n");

    /// <summary>Adds a table; with a summary, one that the reader opens.</summary>
    /// <param name="columns">The headings, and whether the column holds text; numbers are aligned to the right.</param>
    /// <param name="rows">The cells, and whether the row is emphasized.</param>
    /// <param name="summary">The text that stands for the closed table; null: the table is open.</param>
    public void Table(
        IReadOnlyList<(string Heading, bool IsText)> columns, IEnumerable<(string[] Cells, bool IsChosen)> rows, string? summary = null)
    {
        if (summary is not null)
        {
            _html.Append("<details><summary>").Append(Markup.Escape(summary)).Append("</summary>\n");
        }

        _html.Append("<table>\n<thead><tr>");
        foreach ((string heading, bool isText) in columns)
        {
            Cell("th", heading, isText);
        }

        _html.Append("</tr></thead>\n<tbody>\n");
        foreach ((string[] cells, bool isChosen) in rows)
        {
            _html.Append(isChosen ? "<tr class=\"chosen\">" : "<tr>");
            for (int column = 0; column < cells.Length; column++)
            {
                Cell("td", cells[column], columns[column].IsText);
            }

            _html.Append("</tr>\n");
        }

        _html.Append("</tbody>\n</table>\n").Append(summary is null ? "" : "</details>\n");
    }

    /// <summary>Closes the page and returns it.</summary>
    public string Finish() => _html.Append("</body>\n</html>\n").ToString();

    private void Paragraph(string text, string style) =>
        _html.Append("<p class=\"").Append(style).Append("\">").Append(Markup.Escape(text)).Append("</p>\n");

    private void Cell(string element, string text, bool isText) =>
        _html.Append('<').Append(element).Append(isText ? " class=\"text\">" : ">")
            .Append(Markup.Escape(text)).Append("</").Append(element).Append('>');
}
