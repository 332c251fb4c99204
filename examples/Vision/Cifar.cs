using static TorchSharp.torch;

namespace Vision;

/// <summary>Images of 3 × 32 × 32 pixels of ten or a hundred kinds, in Krizhevsky's binary files.</summary>
/// <remarks>The folders are called cifar-10-batches-bin and cifar-100-binary.</remarks>
internal static class Cifar
{
    private const int Bytes = 3 * 32 * 32;

    // The mean and deviation of each colour over the training images of CIFAR-10; those of CIFAR-100 are nearly the same.
    private static readonly float[] s_mean = [0.4914f, 0.4822f, 0.4465f], s_deviation = [0.247f, 0.2435f, 0.2616f];

    /// <summary>Tells how many kinds the files of a folder have; null where there are none.</summary>
    public static int? KindsIn(string folder) =>
        File.Exists(Path.Combine(folder, "data_batch_1.bin")) ? 10 : File.Exists(Path.Combine(folder, "train.bin")) ? 100 : null;

    public static (Tensor Images, Tensor Labels) Read(string folder, bool training, int rows)
    {
        // A record of CIFAR-100 begins with a coarse kind, of twenty, and the fine one.
        bool isTen = KindsIn(folder) == 10;
        int labels = isTen ? 1 : 2, record = labels + Bytes;
        string[] files = (isTen, training) switch
        {
            (true, true) => [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")],
            (true, false) => ["test_batch.bin"],
            (false, true) => ["train.bin"],
            _ => ["test.bin"],
        };
        byte[] all = [.. files.Select(file => Path.Combine(folder, file)).Where(File.Exists).SelectMany(File.ReadAllBytes)];
        int count = Math.Min(rows, all.Length / record);
        using Tensor records = tensor(all[..(count * record)], [count, record], uint8);
        using Tensor images = records.narrow(1, labels, Bytes).reshape(count, 3, 32, 32);
        return (Pixels.Standardized(images, s_mean, s_deviation), records.select(1, labels - 1).to(int64));
    }
}
