using System.Text;
using SkiaSharp;

namespace MLNet.DGating.Plots.Writing;

/// <summary>A font of the machine; another one of it draws the characters that it lacks.</summary>
internal sealed class SystemFont : ITextPainter, IDisposable
{
    private static readonly string[] s_families = ["Arial", "Helvetica", "Liberation Sans", "DejaVu Sans", "Noto Sans", "Segoe UI"];

    private readonly SKTypeface _regular;
    private readonly SKTypeface _bold;

    private SystemFont(string family)
    {
        _regular = SKTypeface.FromFamilyName(family);
        _bold = SKTypeface.FromFamilyName(family, SKFontStyle.Bold);
    }

    /// <summary>Finds the best sans-serif font there is, else any that has Latin letters; null on a machine without.</summary>
    public static SystemFont? Find()
    {
        string[] installed = SKFontManager.Default.GetFontFamilies();
        string? family = s_families.FirstOrDefault(name => installed.Contains(name, StringComparer.OrdinalIgnoreCase))
            ?? installed.FirstOrDefault(HasLatin);
        return family is null ? null : new SystemFont(family);
    }

    public double Width(string text, double size, bool bold) => Runs(text, bold).Sum(run =>
    {
        using var font = new SKFont(run.Typeface, (float)size);
        return font.MeasureText(run.Typeface.GetGlyphs(run.Text));
    });

    public void Draw(SKCanvas canvas, string text, double x, double size, bool bold, SKPaint paint)
    {
        foreach ((string part, SKTypeface typeface) in Runs(text, bold))
        {
            using var font = new SKFont(typeface, (float)size) { Subpixel = true };
            using var blob = SKTextBlob.Create(part, font);
            if (blob is not null)
            {
                canvas.DrawText(blob, (float)x, 0, paint);
            }

            x += font.MeasureText(typeface.GetGlyphs(part));
        }
    }

    public void Dispose()
    {
        _regular.Dispose();
        _bold.Dispose();
    }

    private static bool HasLatin(string family)
    {
        using var typeface = SKTypeface.FromFamilyName(family);
        return typeface is not null && typeface.ContainsGlyphs("Aa0");
    }

    private IEnumerable<(string Text, SKTypeface Typeface)> Runs(string text, bool bold)
    {
        SKTypeface usual = bold ? _bold : _regular;
        if (usual.ContainsGlyphs(text))
        {
            return text.Length == 0 ? [] : [(text, usual)];
        }

        return text.EnumerateRunes().Select(rune => (rune.ToString(), Having(rune, usual)));
    }

    private static SKTypeface Having(Rune rune, SKTypeface usual) =>
        usual.ContainsGlyph(rune.Value) ? usual : SKFontManager.Default.MatchCharacter(rune.Value) ?? usual;
}
