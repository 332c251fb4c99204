using System.Text;
using MLNet.DGating.Plots.Drawing;
using SkiaSharp;

namespace MLNet.DGating.Plots.Writing;

/// <summary>A font of letters made of straight strokes, for machines without any font, such as small containers.</summary>
internal sealed class StrokeFont : ITextPainter
{
    private const double UnitsOfSize = 8.4; // capitals are 6 units high, as tall in their size as those of common fonts
    private const double Spacing = 1.6;

    public double Width(string text, double size, bool bold) =>
        text.EnumerateRunes().Sum(rune => StrokeLetters.Find(rune).Width + Spacing) * size / UnitsOfSize;

    public void Draw(SKCanvas canvas, string text, double x, double size, bool bold, SKPaint paint)
    {
        double unit = size / UnitsOfSize;
        using SKPaint pen = paint.Clone();
        pen.Style = SKPaintStyle.Stroke;
        pen.StrokeWidth = (float)(size * (bold ? 0.14 : 0.09));
        pen.StrokeCap = SKStrokeCap.Round;
        pen.StrokeJoin = SKStrokeJoin.Round;
        using var path = new SKPath();
        foreach (Rune rune in text.EnumerateRunes())
        {
            StrokeLetters.Letter letter = StrokeLetters.Find(rune);
            double left = x;
            foreach (Place[] stroke in letter.Strokes)
            {
                path.AddPoly([.. stroke.Select(place => Point(place, left, unit))], close: false);
            }

            x += (letter.Width + Spacing) * unit;
        }

        canvas.DrawPath(path, pen);
    }

    private static SKPoint Point(Place place, double left, double unit) => new((float)(left + (place.X * unit)), (float)(-place.Y * unit));
}
