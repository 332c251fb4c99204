using System.Text;
using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Writing;

/// <summary>A writer of pictures as SVG.</summary>
/// <remarks>Text stays text, in a sans-serif font of the reader's. Names are tooltips, and screen readers read them.</remarks>
internal static class SvgWriter
{
    public static string Write(Picture picture)
    {
        var svg = new StringBuilder();
        string width = Markup.Number(picture.Width), height = Markup.Number(picture.Height);
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"").Append(width).Append("\" height=\"").Append(height)
            .Append("\" viewBox=\"0 0 ").Append(width).Append(' ').Append(height)
            .Append("\" font-family=\"Arial, Helvetica, sans-serif\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n");
        svg.Append("<title>").Append(Markup.Escape(picture.Title)).Append("</title>\n");
        svg.Append("<desc>").Append(Markup.Escape(picture.Description)).Append("</desc>\n");
        svg.Append("<rect width=\"").Append(width).Append("\" height=\"").Append(height)
            .Append("\" fill=\"").Append(Palette.Paper).Append("\"/>\n");
        foreach (Mark mark in picture.Marks)
        {
            string element = Open(svg, mark);
            if (mark is Label label)
            {
                svg.Append('>').Append(Title(mark)).Append(Markup.Escape(label.Text)).Append("</text>\n");
            }
            else if (mark.Name is null)
            {
                svg.Append("/>\n");
            }
            else
            {
                svg.Append('>').Append(Title(mark)).Append("</").Append(element).Append(">\n");
            }
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Title(Mark mark) => mark.Name is null ? "" : $"<title>{Markup.Escape(mark.Name)}</title>";

    /// <summary>Writes the element up to its last attribute and returns its name.</summary>
    private static string Open(StringBuilder svg, Mark mark) => mark switch
    {
        Line line => Open(svg, line),
        Box box => Open(svg, box),
        Dot { Shape: DotShape.Circle } dot => OpenCircle(svg, dot),
        Dot dot => OpenDiamond(svg, dot),
        Label label => Open(svg, label),
        _ => throw new NotSupportedException($"{mark.GetType().Name} cannot be written as SVG."),
    };

    private static string Open(StringBuilder svg, Line line)
    {
        svg.Append("<polyline points=\"").Append(Points(line.Places)).Append("\" fill=\"none\"");
        Attribute(svg, "stroke", line.Pen.Colour);
        Attribute(svg, "stroke-width", line.Pen.Width);
        if (line.Pen.Dash != Dash.Solid)
        {
            Attribute(svg, "stroke-dasharray", string.Join(' ', DashPattern.Of(line.Pen).Select(Markup.Number)));
        }

        return "polyline";
    }

    private static string Open(StringBuilder svg, Box box)
    {
        svg.Append("<rect");
        Attribute(svg, "x", box.X);
        Attribute(svg, "y", box.Y);
        Attribute(svg, "width", box.Width);
        Attribute(svg, "height", box.Height);
        Attribute(svg, "fill", box.Fill ?? "none");
        if (box.Fill is null)
        {
            Attribute(svg, "pointer-events", "all");
        }

        return "rect";
    }

    private static string OpenCircle(StringBuilder svg, Dot dot)
    {
        svg.Append("<circle");
        Attribute(svg, "cx", dot.Centre.X);
        Attribute(svg, "cy", dot.Centre.Y);
        Attribute(svg, "r", dot.Radius);
        Attribute(svg, "fill", dot.Fill);
        Attribute(svg, "stroke", dot.Edge);
        return "circle";
    }

    private static string OpenDiamond(StringBuilder svg, Dot dot)
    {
        svg.Append("<polygon points=\"").Append(Points(dot.Corners)).Append('"');
        Attribute(svg, "fill", dot.Fill);
        Attribute(svg, "stroke", dot.Edge);
        return "polygon";
    }

    private static string Open(StringBuilder svg, Label label)
    {
        svg.Append("<text");
        Attribute(svg, "x", label.Place.X);
        Attribute(svg, "y", label.Place.Y);
        Attribute(svg, "font-size", label.Size);
        Attribute(svg, "fill", label.Colour);
        if (label.Anchor != Anchor.Start)
        {
            Attribute(svg, "text-anchor", label.Anchor == Anchor.End ? "end" : "middle");
        }

        if (label.Bold)
        {
            Attribute(svg, "font-weight", "bold");
        }

        if (label.Upright)
        {
            Attribute(svg, "transform", $"rotate(-90 {Markup.Number(label.Place.X)} {Markup.Number(label.Place.Y)})");
        }

        return "text";
    }

    private static string Points(IEnumerable<Place> places) =>
        string.Join(' ', places.Select(place => $"{Markup.Number(place.X)},{Markup.Number(place.Y)}"));

    private static void Attribute(StringBuilder svg, string name, double value) => Attribute(svg, name, Markup.Number(value));

    private static void Attribute(StringBuilder svg, string name, string value) =>
        svg.Append(' ').Append(name).Append("=\"").Append(value).Append('"');
}
