using SkiaSharp;

namespace MLNet.DGating.Plots.Writing;

/// <summary>A font that draws text on a bitmap.</summary>
internal interface ITextPainter
{
    double Width(string text, double size, bool bold);

    /// <summary>Draws a line of text with its baseline at height 0.</summary>
    void Draw(SKCanvas canvas, string text, double x, double size, bool bold, SKPaint paint);
}
