using System.Globalization;
using System.Text;
using MLNet.DGating.Plots.Drawing;
using MLNet.DGating.Plots.Writing;

namespace MLNet.DGating.Plots.Report;

/// <summary>A page of HTML with sections of tables and pictures. Text that is added is escaped.</summary>
internal sealed class ReportPage
{
    /// <summary>The rows from which on a table is closed at first and can be searched.</summary>
    public const int MostOpenRows = 30;

    private readonly StringBuilder _html = new();
    private int _searches;

    public ReportPage(string title)
    {
        string escaped = Markup.Escape(title);
        _html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(escaped)
            .Append("</title>\n<style>\n").Append(PageStyle.Sheet).Append("\n</style>\n</head>\n<body>\n<main>\n<h1>").Append(escaped)
            .Append("</h1>\n");
    }

    public void Lead(string text) => Paragraph(text, "lead");

    public void Explain(string text) => Paragraph(text, "explain");

    public void Warn(string text) => Paragraph(text, "warning");

    public void Heading(string text) => Element("h2", text);

    /// <summary>Adds names with their values.</summary>
    public void Facts(IEnumerable<(string Name, string Value)> facts)
    {
        _html.Append("<dl>\n");
        foreach ((string name, string value) in facts)
        {
            _html.Append("<dt>").Append(Markup.Escape(name)).Append("</dt><dd>").Append(Markup.Escape(value)).Append("</dd>\n");
        }

        _html.Append("</dl>\n");
    }

    /// <summary>Adds what stands side by side where there is room.</summary>
    public void Grid(Action content)
    {
        _html.Append("<div class=\"grid\">\n");
        content();
        _html.Append("</div>\n");
    }

    /// <summary>Adds a part of a grid, beside others or as wide as all of them.</summary>
    public void Cell(Action content, bool isWide = false)
    {
        _html.Append(isWide ? "<div class=\"row\">\n" : "<div>\n");
        content();
        _html.Append("</div>\n");
    }

    /// <summary>Adds a heading inside a section.</summary>
    public void Subheading(string text) => Element("h3", text);

    /// <summary>Adds a small picture; its title is the caption.</summary>
    public void Panel(Picture picture)
    {
        Caption(picture);
        _html.Append(SvgWriter.Write(picture)).Append("</figure>\n");
    }

    /// <summary>Adds a picture in two widths, of which a screen shows the one that suits it.</summary>
    public void Figure(Picture wide, Picture narrow)
    {
        Caption(wide);
        _html.Append("<div class=\"wide\">").Append(SvgWriter.Write(wide)).Append("</div>\n<div class=\"narrow\">")
            .Append(SvgWriter.Write(narrow)).Append("</div></figure>\n");
    }

    /// <summary>Adds a table; a long one is closed at first, and can be searched.</summary>
    /// <param name="table">The table.</param>
    /// <param name="summary">The text that stands for the closed table; null: the table is open.</param>
    public void Table(ReportTable table, string? summary = null)
    {
        if (summary is not null)
        {
            _html.Append("<details><summary>").Append(Markup.Escape(summary)).Append("</summary>\n");
            if (table.Rows.Count > MostOpenRows)
            {
                string id = $"search{++_searches}";
                _html.Append("<label hidden for=\"").Append(id).Append("\">Find</label>")
                    .Append("<input hidden class=\"search\" type=\"search\" id=\"").Append(id).Append("\">\n");
            }
        }

        table.Write(_html, summary ?? table.Caption);
        _html.Append(summary is null ? "" : "</details>\n");
    }

    /// <summary>Adds the rows of each class by the predicted one; the diagonal is what is right.</summary>
    public void Matrix(IReadOnlyList<string> words, IReadOnlyList<IReadOnlyList<long>> counts)
    {
        _html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Confusion matrix\"><table class=\"matrix\">\n")
            .Append("<caption>Rows of each class, by the predicted one</caption>\n<thead><tr>")
            .Append("<th class=\"text\" scope=\"col\">actual → predicted</th>");
        foreach (string word in words)
        {
            _html.Append("<th scope=\"col\">").Append(Markup.Escape(word)).Append("</th>");
        }

        _html.Append("</tr></thead>\n<tbody>\n");
        foreach ((int i, string word) in words.Index())
        {
            _html.Append("<tr><th class=\"text\" scope=\"row\">").Append(Markup.Escape(word)).Append("</th>");
            foreach ((int j, long count) in counts[i].Index())
            {
                _html.Append(i == j ? "<td class=\"right\">" : "<td>").Append(count.ToString("n0", CultureInfo.InvariantCulture))
                    .Append("</td>");
            }

            _html.Append("</tr>\n");
        }

        _html.Append("</tbody></table></div>\n");
    }

    /// <summary>Adds a table of numbers, each on a colour for its sign and size.</summary>
    public void HeatMap(string caption, IReadOnlyList<string> rows, IReadOnlyList<string> columns, double[][] values)
    {
        double largest = values.SelectMany(row => row).Select(Math.Abs).DefaultIfEmpty(0).Max();
        _html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"").Append(Markup.Escape(caption))
            .Append("\"><table class=\"matrix heat\">\n<caption>").Append(Markup.Escape(caption))
            .Append("</caption>\n<thead><tr><td></td>");
        foreach (string column in columns)
        {
            _html.Append("<th scope=\"col\">").Append(Markup.Escape(column)).Append("</th>");
        }

        _html.Append("</tr></thead>\n<tbody>\n");
        foreach ((string row, double[] ofRow) in rows.Zip(values))
        {
            _html.Append("<tr><th class=\"text\" scope=\"row\">").Append(Markup.Escape(row)).Append("</th>");
            foreach (double value in ofRow)
            {
                // Half of the colour at most, so that the number stays readable on light paper and on dark.
                string share = (largest > 0 ? Math.Abs(value) / largest / 2 : 0).ToString("0.00", CultureInfo.InvariantCulture);
                _html.Append("<td style=\"background: ").Append(value < 0 ? "rgba(0, 114, 178, " : "rgba(213, 94, 0, ").Append(share)
                    .Append(")\">").Append(Words.Signed(value)).Append("</td>");
            }

            _html.Append("</tr>\n");
        }

        _html.Append("</tbody></table></div>\n");
    }

    /// <summary>Closes the page and returns it.</summary>
    public string Finish()
    {
        if (_searches > 0)
        {
            _html.Append("<script>\n").Append(PageStyle.Script).Append("\n</script>\n");
        }

        return _html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private void Caption(Picture picture)
    {
        _html.Append("<figure><figcaption>").Append(Markup.Escape(picture.Title)).Append("</figcaption>\n");
        if (picture.Description.Length > 0)
        {
            Explain(picture.Description);
        }
    }

    private void Element(string name, string text) =>
        _html.Append('<').Append(name).Append('>').Append(Markup.Escape(text)).Append("</").Append(name).Append(">\n");

    private void Paragraph(string text, string style) =>
        _html.Append("<p class=\"").Append(style).Append("\">").Append(Markup.Escape(text)).Append("</p>\n");
}
