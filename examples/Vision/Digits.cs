using System.Globalization;
using System.IO.Compression;
using static TorchSharp.torch;

namespace Vision;

/// <summary>1,797 handwritten digits of 8 × 8 pixels (UCI optdigits), as Debian's package python3-sklearn has them.</summary>
internal static class Digits
{
    public const string Folder = "/usr/lib/python3/dist-packages/sklearn/datasets/data";

    private const int Side = 8, Training = 1_297;

    // The mean and deviation of all pixels, which are from 0 to 16.
    private const double Mean = 4.88, Deviation = 6.02;

    public static bool IsIn(string folder) => File.Exists(FileIn(folder));

    /// <summary>Reads a part: the first 1,297 digits to train on, or the 500 behind them.</summary>
    public static (Tensor Images, Tensor Labels) Read(string folder, bool training, int rows)
    {
        string[] all = Lines(folder), part = [.. (training ? all.Take(Training) : all.Skip(Training)).Take(rows)];
        float[][] numbers = [.. part.Select(Numbers)];
        Tensor images = tensor([.. numbers.SelectMany(row => row[..^1])], [part.Length, 1, Side, Side]).sub_(Mean).div_(Deviation);
        return (images, tensor([.. numbers.Select(row => (long)row[^1])]));
    }

    private static float[] Numbers(string line) =>
        Array.ConvertAll(line.Split(','), cell => float.Parse(cell, CultureInfo.InvariantCulture));

    private static string[] Lines(string folder)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(FileIn(folder)), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string FileIn(string folder) => Path.Combine(folder, "digits.csv.gz");
}
