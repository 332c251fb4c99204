using static TorchSharp.torch;

namespace Vision;

/// <summary>What is done with the pixels of images of three colours.</summary>
internal static class Pixels
{
    /// <summary>Brings bytes to mean 0 and deviation 1 in each colour.</summary>
    public static Tensor Standardized(Tensor images, float[] means, float[] deviations)
    {
        using Tensor mean = tensor(means).view(1, 3, 1, 1);
        using Tensor deviation = tensor(deviations).view(1, 3, 1, 1);
        return images.to(float32).div_(255).sub_(mean).div_(deviation);
    }

    /// <summary>Moves each image of 32 × 32 pixels by up to four, and mirrors half of them.</summary>
    public static Tensor Moved(Tensor images)
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
