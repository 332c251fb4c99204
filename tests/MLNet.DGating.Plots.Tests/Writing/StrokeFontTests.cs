using System.Text;
using MLNet.DGating.Plots.Writing;
using SkiaSharp;

namespace MLNet.DGating.Plots.Tests.Writing;

public sealed class StrokeFontTests
{
    [Fact]
    public void EveryPrintableCharacter_HasALetterOfItsOwn()
    {
        StrokeLetters.Letter box = StrokeLetters.Find(new Rune('漢'));
        Rune[] runes = [.. Enumerable.Range('!', '~' - '!' + 1).Select(code => new Rune(code)), .. "λγω‖±²…–≤≥×".EnumerateRunes()];
        Assert.All(runes, rune => Assert.NotSame(box, StrokeLetters.Find(rune)));
    }

    [Fact]
    public void AccentedLetters_AreDrawnWithoutTheAccent() =>
        Assert.Same(StrokeLetters.Find(new Rune('e')), StrokeLetters.Find(new Rune('é')));

    [Fact]
    public void Draw_LeavesInkWithinTheWidth()
    {
        var font = new StrokeFont();
        double width = font.Width("Hλ", 20, bold: false);
        using var surface = SKSurface.Create(new SKImageInfo(100, 40));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Translate(10, 30);
        using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        font.Draw(surface.Canvas, "Hλ", 0, 20, bold: false, paint);
        using SKImage image = surface.Snapshot();
        using var bitmap = SKBitmap.FromImage(image);
        int[] dark = [.. Enumerable.Range(0, 100).Where(x => Enumerable.Range(0, 40).Any(y => bitmap.GetPixel(x, y).Red < 128))];
        Assert.InRange(dark[0], 8, 12);
        Assert.InRange(dark[^1], 10 + (width / 2), 10 + width);
    }
}
