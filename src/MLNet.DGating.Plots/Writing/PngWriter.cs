using MLNet.DGating.Plots.Drawing;
using SkiaSharp;

namespace MLNet.DGating.Plots.Writing;

/// <summary>A writer of pictures as PNG: Skia draws the marks that the SVG has.</summary>
internal static class PngWriter
{
    /// <summary>Draws the picture as large as it fits the pixels, in the middle of white paper.</summary>
    public static byte[] Write(Picture picture, int width, int height)
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul))
            ?? throw new ArgumentException($"A picture of {width} × {height} pixels does not fit in memory. Ask for a smaller one.");
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColor.Parse(Palette.Paper));
        float scale = (float)Math.Min(width / picture.Width, height / picture.Height);
        canvas.Translate((width - (scale * (float)picture.Width)) / 2, (height - (scale * (float)picture.Height)) / 2);
        canvas.Scale(scale);

        ITextPainter text = SystemFont.Find() ?? (ITextPainter)new StrokeFont();
        using (text as IDisposable)
        {
            foreach (Mark mark in picture.Marks)
            {
                Draw(canvas, mark, text);
            }
        }

        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static void Draw(SKCanvas canvas, Mark mark, ITextPainter text)
    {
        switch (mark)
        {
            case Line line:
                DrawLine(canvas, line);
                break;
            case Box box:
                DrawBox(canvas, box);
                break;
            case Dot dot:
                DrawDot(canvas, dot);
                break;
            case Label label:
                DrawLabel(canvas, label, text);
                break;
        }
    }

    private static void DrawLine(SKCanvas canvas, Line line)
    {
        using SKPaint paint = Stroke(line.Pen);
        using var path = new SKPath();
        path.AddPoly([.. line.Places.Select(Point)], close: false);
        canvas.DrawPath(path, paint);
    }

    private static void DrawBox(SKCanvas canvas, Box box)
    {
        if (box.Fill is { } fill)
        {
            using SKPaint paint = Fill(fill);
            canvas.DrawRect((float)box.X, (float)box.Y, (float)box.Width, (float)box.Height, paint);
        }
    }

    private static void DrawDot(SKCanvas canvas, Dot dot)
    {
        using SKPath outline = Outline(dot);
        using SKPaint inside = Fill(dot.Fill);
        using SKPaint edge = Stroke(new Pen(dot.Edge, 1));
        canvas.DrawPath(outline, inside);
        canvas.DrawPath(outline, edge);
    }

    private static void DrawLabel(SKCanvas canvas, Label label, ITextPainter text)
    {
        canvas.Save();
        canvas.Translate((float)label.Place.X, (float)label.Place.Y);
        if (label.Upright)
        {
            canvas.RotateDegrees(-90);
        }

        double width = text.Width(label.Text, label.Size, label.Bold);
        double start = label.Anchor switch { Anchor.Middle => -width / 2, Anchor.End => -width, _ => 0 };
        using SKPaint paint = Fill(label.Colour);
        text.Draw(canvas, label.Text, start, label.Size, label.Bold, paint);
        canvas.Restore();
    }

    private static SKPath Outline(Dot dot)
    {
        var outline = new SKPath();
        if (dot.Shape == DotShape.Circle)
        {
            outline.AddCircle((float)dot.Centre.X, (float)dot.Centre.Y, (float)dot.Radius);
        }
        else
        {
            outline.AddPoly([.. dot.Corners.Select(Point)], close: true);
        }

        return outline;
    }

    private static SKPoint Point(Place place) => new((float)place.X, (float)place.Y);

    private static SKPaint Fill(string colour) => new() { Color = SKColor.Parse(colour), IsAntialias = true };

    private static SKPaint Stroke(Pen pen)
    {
        SKPaint paint = Fill(pen.Colour);
        paint.Style = SKPaintStyle.Stroke;
        paint.StrokeWidth = (float)pen.Width;
        paint.StrokeCap = SKStrokeCap.Round;
        paint.StrokeJoin = SKStrokeJoin.Round;
        double[] dashes = DashPattern.Of(pen);
        if (dashes.Length > 0)
        {
            paint.PathEffect = SKPathEffect.CreateDash([.. dashes.Select(length => (float)length)], 0);
        }

        return paint;
    }
}
