namespace MLNet.DGating.Plots.Drawing;

/// <summary>A place in a picture: x to the right, y down, in pixels of its nominal size.</summary>
internal readonly record struct Place(double X, double Y);

/// <summary>The colour, width and dash of a line.</summary>
internal readonly record struct Pen(string Colour, double Width, Dash Dash = Dash.Solid);

internal enum Dash
{
    Solid,
    Dashed,
    Dotted,
}

internal enum Anchor
{
    Start,
    Middle,
    End,
}

internal enum DotShape
{
    Circle,
    Diamond,
}

/// <summary>One thing that is drawn. A mark with a name shows it as a tooltip.</summary>
internal abstract record Mark
{
    public string? Name { get; init; }
}

/// <summary>A line through places.</summary>
internal sealed record Line(IReadOnlyList<Place> Places, Pen Pen) : Mark;

/// <summary>A rectangle. Without a fill it is invisible and only shows its name.</summary>
internal sealed record Box(double X, double Y, double Width, double Height, string? Fill) : Mark;

/// <summary>A dot; it looks hollow where its fill is the paper's.</summary>
internal sealed record Dot(Place Centre, double Radius, string Fill, string Edge, DotShape Shape = DotShape.Circle) : Mark
{
    /// <summary>The corners of a diamond with the area of the circle.</summary>
    public Place[] Corners
    {
        get
        {
            double reach = Radius * Math.Sqrt(Math.PI / 2);
            return
            [
                new(Centre.X, Centre.Y - reach), new(Centre.X + reach, Centre.Y),
                new(Centre.X, Centre.Y + reach), new(Centre.X - reach, Centre.Y),
            ];
        }
    }
}

/// <summary>A line of text. The place is on its baseline; upright text reads upwards.</summary>
internal sealed record Label(
    Place Place, string Text, Anchor Anchor = Anchor.Start, double Size = TextSize.Normal, string Colour = Palette.Ink) : Mark
{
    public bool Bold { get; init; }

    public bool Upright { get; init; }
}
