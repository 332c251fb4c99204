using System.Text;
using MLNet.DGating.Model;
using MLNet.DGating.Plots.Drawing;
using MLNet.DGating.Plots.Writing;

namespace MLNet.DGating.Plots;

/// <summary>A picture of a selection, as SVG or PNG; both show the same. <see cref="DGatingPlots"/> makes it.</summary>
/// <example>
/// <code>
/// var model = mlContext.BinaryClassification.Trainers.DGating().Fit(data).Model;
/// DGatingPlot plot = DGatingPlots.Importance(model.FeatureSelection);
/// plot.SavePng("importance.png", width: 1200);
/// string svg = plot.ToSvg();
/// </code>
/// </example>
public sealed class DGatingPlot
{
    private const int MostPixels = 16_384;

    internal DGatingPlot(Picture picture)
    {
        Picture = picture;
    }

    /// <summary>The heading, which names what is shown.</summary>
    public string Title => Picture.Title;

    /// <summary>The text below the heading, which explains how to read the picture.</summary>
    public string Description => Picture.Description;

    internal Picture Picture { get; }

    /// <summary>Returns the picture as an SVG element, for a file or inside HTML.</summary>
    /// <remarks>Text is set in a sans-serif font of the reader's. A mark of a feature shows the feature's full name as a tooltip.</remarks>
    public string ToSvg() => SvgWriter.Write(Picture);

    /// <summary>Writes the picture as SVG, in UTF-8. The file appears whole or not at all.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <exception cref="ArgumentException">The path is empty or that of a folder.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public void SaveSvg(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AtomicFile.Write(path, temporary => File.WriteAllBytes(temporary, Encoding.UTF8.GetBytes(ToSvg())));
    }

    /// <summary>Writes the picture as PNG, as large as it fits the pixels. The file appears whole or not at all.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="width">The width in pixels, 1 to 16384. The default is 1800.</param>
    /// <param name="height">The height in pixels, 1 to 16384. Null: the height that keeps the picture's shape at this width.</param>
    /// <exception cref="ArgumentException">The path is empty or that of a folder.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The width or the height is out of range.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <remarks>Text is set in a sans-serif font of the machine; on a machine without fonts, in plain letters made of strokes.</remarks>
    public void SavePng(string path, int width = 1800, int? height = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        CheckPixels(width, nameof(width));
        int pixels = height ?? Math.Clamp((int)Math.Round(width * Picture.Height / Picture.Width), 1, MostPixels);
        CheckPixels(pixels, nameof(height));
        AtomicFile.Write(path, temporary => File.WriteAllBytes(temporary, PngWriter.Write(Picture, width, pixels)));
    }

    private static void CheckPixels(int pixels, string name)
    {
        if (pixels is < 1 or > MostPixels)
        {
            throw new ArgumentOutOfRangeException(name, pixels, $"A picture has from 1 to {MostPixels} pixels across and down.");
        }
    }
}
