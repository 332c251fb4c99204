using static TorchSharp.torch;

namespace Vision;

/// <summary>A set of images that the example can read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Channels">The colours of an image.</param>
/// <param name="Kinds">The number of kinds.</param>
/// <param name="Read">Gives the first images and labels of a part: true for the training images, and the most rows to read.</param>
/// <param name="Vary">Changes the images of a training step.</param>
internal sealed record ImageData(
    string Name, int Channels, int Kinds, Func<bool, int, (Tensor Images, Tensor Labels)> Read, Func<Tensor, Tensor> Vary)
{
    /// <summary>Finds out what a folder holds; null where it is nothing that can be read.</summary>
    public static ImageData? In(string folder)
    {
        if (FashionMnist.IsIn(folder))
        {
            return new("Fashion-MNIST", 1, 10, (training, rows) => FashionMnist.Read(folder, training, rows), same => same);
        }

        if (Digits.IsIn(folder))
        {
            return new("digits of 8 × 8 pixels", 1, 10, (training, rows) => Digits.Read(folder, training, rows), same => same);
        }

        if (Cifar.KindsIn(folder) is { } kinds)
        {
            return new($"CIFAR-{kinds}", 3, kinds, (training, rows) => Cifar.Read(folder, training, rows), Pixels.Moved);
        }

        return Svhn.IsIn(folder)
            ? new("SVHN", 3, 10, (training, rows) => Svhn.Read(folder, training, rows), same => same)
            : null;
    }
}
