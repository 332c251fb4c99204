using SkiaSharp;

namespace MLNet.DGating.Plots.Drawing;

/// <summary>Text on a bitmap.</summary>
internal interface ITextPainter
{
    double Width(string text, double size, bool bold);

    /// <summary>Draws on the baseline at height 0.</summary>
    void Draw(SKCanvas canvas, string text, double x, double size, bool bold, SKPaint paint);
}
