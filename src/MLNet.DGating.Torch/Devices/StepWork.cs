using System.Globalization;

namespace MLNet.DGating.Torch.Devices;

/// <summary>Tells by the work of a training step whether a card is worth it.</summary>
/// <param name="BatchRows">The number of rows of a batch.</param>
/// <param name="Columns">The number of columns of the first layer.</param>
/// <param name="Width">The number of neurons of the first layer.</param>
internal readonly record struct StepWork(int BatchRows, int Columns, int Width)
{
    /// <summary>The products of a first layer from which a card is taken: 64 million.</summary>
    /// <remarks>
    /// Fits of 66 million took 0.86 of the time of the 16 cores beside one H100, those of 8 million three to four times as long, and those
    /// of 524 million 0.22 (docs/gpu.md). A card takes about the same time for all steps below.
    /// </remarks>
    public const long LeastProducts = 64_000_000;

    /// <summary>The products of the first layer, forward.</summary>
    public long Products => (long)BatchRows * Columns * Width;

    public bool IsForCard => Products >= LeastProducts;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{BatchRows} rows by {Columns} columns by {Width} neurons");
}
