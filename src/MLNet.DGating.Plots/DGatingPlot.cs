using System.Text;
using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots;

/// <summary>A picture of a selection, as SVG or PNG; both show the same. <see cref="DGatingPlots"/> makes them.</summary>
public sealed class DGatingPlot
{
    private const int MostPixels = 16_384;

    internal DGatingPlot(Picture picture) => Picture = picture;

    /// <summary>What is shown.</summary>
    public string Title => Picture.Title;

    /// <summary>How to read it.</summary>
    public string Description => Picture.Description;

    internal Picture Picture { get; }

    /// <summary>The picture as an SVG element, for a file or inside HTML. Text is in a sans-serif font of the reader's; what stands for a feature has its full name as a tooltip.</summary>
    public string ToSvg() => SvgWriter.Write(Picture);

    /// <summary>Writes the picture as SVG, in UTF-8. The file appears whole or not at all.</summary>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    /// <exception cref="ArgumentException">The path is empty or that of a folder.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public void SaveSvg(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(ToSvg()));
    }

    /// <summary>Writes the picture as PNG, as large as it can be in so many pixels. The file appears whole or not at all.</summary>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    /// <param name="width">Pixels, 1 to 16384. The default is 1800.</param>
    /// <param name="height">Pixels, 1 to 16384. Null: as the width and the picture have it.</param>
    /// <exception cref="ArgumentException">The path is empty or that of a folder.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <remarks>The text is in a sans-serif font of the machine; on one without fonts, in plain letters made of strokes.</remarks>
    public void SavePng(string path, int width = 1800, int? height = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        CheckPixels(width, nameof(width));
        int pixels = height ?? Math.Clamp((int)Math.Round(width * Picture.Height / Picture.Width), 1, MostPixels);
        CheckPixels(pixels, nameof(height));
        AtomicFile.Write(path, PngWriter.Write(Picture, width, pixels));
    }

    private static void CheckPixels(int pixels, string name)
    {
        if (pixels is < 1 or > MostPixels)
            throw new ArgumentOutOfRangeException(name, pixels, $"A picture has from 1 to {MostPixels} pixels across and down.");
    }
}
