using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Charts;

/// <summary>The parts that all charts share: titles, axes, grid, and lines that mark a value.</summary>
internal sealed class ChartFrame
{
    public const double PictureWidth = 900;

    private const double Margin = 16;

    private readonly string _title;
    private readonly string _subtitle;
    private readonly double _width;
    private readonly List<Mark> _marks = [];

    /// <param name="title">The heading, which names what is shown.</param>
    /// <param name="subtitle">The explanation, a line or two: it is broken where it is wider than the picture.</param>
    /// <param name="left">The left edge of the plot area.</param>
    /// <param name="right">The right edge of the plot area.</param>
    /// <param name="height">The height of the plot area.</param>
    /// <param name="headroom">The space between the titles and the plot area.</param>
    /// <param name="layout">The width, and whether titles are drawn; null for a picture that stands alone.</param>
    public ChartFrame(
        string title, string subtitle, double left, double right, double height, double headroom, ChartLayout? layout = null)
    {
        layout ??= ChartLayout.Alone;
        (_title, _subtitle, _width, Left, Right) = (title, subtitle, layout.Width, left, right);
        double y = 0;
        if (layout.HasTitles)
        {
            y = 26;
            Add(new Label(new(Margin, y), title, Size: TextSize.Heading) { Bold = true });
            foreach (string line in Lines(subtitle))
            {
                y += 18;
                Add(new Label(new(Margin, y), line, Colour: Palette.Quiet));
            }
        }

        Top = y + 14 + headroom;
        Bottom = Top + height;
    }

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    public void Add(Mark mark) => _marks.Add(mark);

    public void AddHorizontalAxis(Scale scale, string title, bool grid, double spacing = 34)
    {
        Add(new Line([new(Left, Bottom), new(Right, Bottom)], new Pen(Palette.Axis, 1)));
        foreach (double tick in scale.Ticks(spacing))
        {
            double x = scale.At(tick);
            if (grid)
            {
                Add(new Line([new(x, Top), new(x, Bottom)], new Pen(Palette.Grid, 1)));
            }

            Add(new Line([new(x, Bottom), new(x, Bottom + 4)], new Pen(Palette.Axis, 1)));
            Add(new Label(new(x, Bottom + 17), NumberText.Short(tick), Anchor.Middle, TextSize.Small, Palette.Quiet));
        }

        Add(new Label(new((Left + Right) / 2, Bottom + 36), title, Anchor.Middle));
    }

    public void AddVerticalAxis(Scale scale, string title)
    {
        foreach (double tick in scale.Ticks(38))
        {
            double y = scale.At(tick);
            Add(new Line([new(Left, y), new(Right, y)], new Pen(Palette.Grid, 1)));
            Add(new Label(new(Left - 8, y + 4), NumberText.Short(tick), Anchor.End, TextSize.Small, Palette.Quiet));
        }

        Add(new Label(new(Margin + 6, (Top + Bottom) / 2), title, Anchor.Middle) { Upright = true });
    }

    /// <summary>Adds a vertical line with its meaning above it.</summary>
    /// <param name="x">The place of the line.</param>
    /// <param name="text">The meaning.</param>
    /// <param name="row">The row of the text, from 0 upwards: lines that are close need different ones.</param>
    public void AddMarker(double x, string text, int row)
    {
        double y = Top - 6 - (15 * row);
        Add(new Line([new(x, y + 3), new(x, Bottom)], new Pen(Palette.Quiet, 1.2, row == 0 ? Dash.Dashed : Dash.Dotted)));
        double half = TextSize.Width(text, TextSize.Normal) / 2;
        Anchor anchor = x - half < Margin ? Anchor.Start : x + half > _width - Margin ? Anchor.End : Anchor.Middle;
        Add(new Label(new(x, y - 1), text, anchor));
    }

    /// <summary>Adds a sentence in the middle of the plot area, for a chart that has nothing to show.</summary>
    public void AddNote(string text) =>
        Add(new Label(new((Left + Right) / 2, (Top + Bottom) / 2), text, Anchor.Middle, Colour: Palette.Quiet));

    /// <summary>Returns the picture.</summary>
    /// <param name="below">The space below the axis, beyond its title.</param>
    public Picture Finish(double below = 0) => new(_width, Math.Ceiling(Bottom + 48 + below), _title, _subtitle, _marks);

    private static IEnumerable<string> Lines(string text)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && TextSize.Width(line + " " + word, TextSize.Normal) > PictureWidth - (2 * Margin))
            {
                yield return line;
                line = "";
            }

            line += line.Length > 0 ? " " + word : word;
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }
}
