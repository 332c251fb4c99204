using static TorchSharp.torch;

namespace Vision;

/// <summary>Images of 3 × 32 × 32 pixels of ten kinds, in the binary files of Krizhevsky's CIFAR-10 (cifar-10-batches-bin).</summary>
internal static class Cifar10
{
    private const int Pixels = 3 * 32 * 32, Record = 1 + Pixels;

    // The mean and deviation of each colour over the training images.
    private static readonly float[] s_mean = [0.4914f, 0.4822f, 0.4465f], s_deviation = [0.247f, 0.2435f, 0.2616f];

    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, "data_batch_1.bin"));

    /// <summary>Reads a part of the data.</summary>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="part">train, or anything else for the test images.</param>
    /// <param name="rows">The most rows to read.</param>
    public static (Tensor Images, Tensor Labels) Read(string folder, string part, int rows)
    {
        string[] files = part == "train" ? [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}.bin")] : ["test_batch.bin"];
        byte[] all = [.. files.SelectMany(file => File.ReadAllBytes(Path.Combine(folder, file)))];
        int count = Math.Min(rows, all.Length / Record);
        using Tensor records = tensor(all[..(count * Record)], [count, Record], uint8);
        Tensor images = records.narrow(1, 1, Pixels).to(float32).div_(255).view(count, 3, 32, 32);

        using Tensor mean = tensor(s_mean).view(1, 3, 1, 1);
        using Tensor deviation = tensor(s_deviation).view(1, 3, 1, 1);
        images.sub_(mean).div_(deviation);
        return (images, records.select(1, 0).to(int64));
    }

    /// <summary>Moves each image by up to four pixels, and mirrors half of them.</summary>
    public static Tensor Varied(Tensor images)
    {
        long count = images.shape[0];
        Device device = images.device;
        Tensor padded = nn.functional.pad(images, [4, 4, 4, 4]), side = arange(32, int64, device);
        Tensor rows = randint(0, 9, [count, 1], int64, device) + side, columns = randint(0, 9, [count, 1], int64, device) + side;
        Tensor mirrored = rand([count, 1], device: device).lt(0.5);
        columns = where(mirrored, columns.flip(1), columns);
        Tensor moved = padded.gather(2, rows.view(count, 1, 32, 1).expand(count, 3, 32, 40));
        return moved.gather(3, columns.view(count, 1, 1, 32).expand(count, 3, 32, 32));
    }
}
