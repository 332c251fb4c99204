using static TorchSharp.torch;

namespace Vision;

/// <summary>House numbers of 3 × 32 × 32 pixels (Netzer and others 2011), in their files for Matlab.</summary>
/// <remarks>The files are called train_32x32.mat and test_32x32.mat.</remarks>
internal static class Svhn
{
    // The mean and deviation of each colour over the training images.
    private static readonly float[] s_mean = [0.4377f, 0.4438f, 0.4728f], s_deviation = [0.198f, 0.201f, 0.197f];

    public static bool IsIn(string folder) => File.Exists(FileIn(folder, training: true));

    public static (Tensor Images, Tensor Labels) Read(string folder, bool training, int rows)
    {
        Dictionary<string, MatArray> arrays = MatFile.Read(FileIn(folder, training));
        byte[] pixels = arrays["X"].Bytes, kinds = arrays["y"].Bytes;

        // Matlab's order: rows of an image are next to each other, then columns, colours and images. The digit 0 is kind 10.
        int count = Math.Min(rows, kinds.Length);
        using Tensor raw = tensor(pixels[..(count * 3 * 32 * 32)], [count, 3, 32, 32], uint8);
        using Tensor images = raw.transpose(2, 3);
        Tensor labels = tensor([.. kinds[..count].Select(kind => (long)(kind % 10))]);
        return (Pixels.Standardized(images, s_mean, s_deviation).contiguous(), labels);
    }

    private static string FileIn(string folder, bool training) => Path.Combine(folder, training ? "train_32x32.mat" : "test_32x32.mat");
}
