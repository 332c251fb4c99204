using System.IO.Compression;
using static TorchSharp.torch;

namespace Vision;

/// <summary>Images of 28 × 28 pixels of ten kinds of clothes, as Debian's package dataset-fashion-mnist has them.</summary>
internal static class FashionMnist
{
    public const string Folder = "/usr/share/datasets/fashion-mnist";

    // The mean and deviation of the training pixels.
    private const double Mean = 0.286, Deviation = 0.353;

    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, "train-images-idx3-ubyte.gz"));

    /// <summary>Reads the first rows of a part of the data.</summary>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="training">Whether to read the training images, or those to test on.</param>
    /// <param name="rows">The most rows to read.</param>
    public static (Tensor Images, Tensor Labels) Read(string folder, bool training, int rows)
    {
        string part = training ? "train" : "t10k";
        byte[] pixels = Bytes(folder, $"{part}-images-idx3-ubyte.gz", 16), kinds = Bytes(folder, $"{part}-labels-idx1-ubyte.gz", 8);
        int count = Math.Min(rows, kinds.Length);
        using Tensor raw = tensor(pixels[..(count * 784)], [count, 1, 28, 28], uint8);
        Tensor images = raw.to(float32).div_(255).sub_(Mean).div_(Deviation);
        return (images, tensor([.. kinds[..count].Select(kind => (long)kind)]));
    }

    private static byte[] Bytes(string folder, string file, int header)
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(folder, file)), CompressionMode.Decompress);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray()[header..];
    }
}
