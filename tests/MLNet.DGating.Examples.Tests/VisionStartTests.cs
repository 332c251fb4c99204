using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The recipe for a GPU starts on the CPU, with each of its networks and from the files of each set of images.</summary>
public sealed class VisionStartTests : IDisposable
{
    private const int Rows = 24, Pixels = 3 * 32 * 32;

    private readonly string _folder = Directory.CreateTempSubdirectory("vision-").FullName;
    private readonly Random _random = new(1);

    [Fact]
    public void Cifar10_IsRead()
    {
        Write("data_batch_1.bin", Records(labels: 1));
        Write("test_batch.bin", Records(labels: 1));
        Starts("vgg16", "CIFAR-10");
    }

    [Fact]
    public void Cifar100_IsRead()
    {
        Write("train.bin", Records(labels: 2));
        Write("test.bin", Records(labels: 2));
        Starts("resnet18", "CIFAR-100");
    }

    [Fact]
    public void Svhn_IsRead_CompressedOrNot()
    {
        byte[] pixels = new byte[Rows * Pixels], kinds = [.. Enumerable.Range(0, Rows).Select(i => (byte)(1 + i % 10))];
        _random.NextBytes(pixels);
        byte[] arrays = [.. Matrix("X", pixels, 32, 32, 3, Rows), .. Matrix("y", kinds, Rows, 1)];
        byte[] packed = [.. Packed(Matrix("X", pixels, 32, 32, 3, Rows)), .. Packed(Matrix("y", kinds, Rows, 1))];
        Write("train_32x32.mat", [.. new byte[128], .. packed]);
        Write("test_32x32.mat", [.. new byte[128], .. arrays]);
        Starts("vgg16", "SVHN");
    }

    [Fact]
    public void DigitsTakeThePlaceOfFashionMnist()
    {
        using (var writer = new StreamWriter(new GZipStream(File.Create(Path.Combine(_folder, "digits.csv.gz")), CompressionLevel.Fastest)))
        {
            for (int row = 0; row < 1_350; row++)
            {
                IEnumerable<string> cells = Enumerable.Range(0, 64).Select(_ => $"{_random.Next(17)}.0");
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', cells)},{row % 10}"));
            }
        }

        Starts("conv", "digits of 8 × 8 pixels");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Starts(string network, string data)
    {
        var run = new Started(network, _folder, Path.Combine(_folder, "picture.svg"));
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{Rows} images of {data}, the network '{network}'", string.Join(' ', run.Lines), StringComparison.Ordinal);
        Assert.Contains(run.Lines, line => line.StartsWith("  gates, D = 3 ", StringComparison.Ordinal));
    }

    private byte[] Records(int labels)
    {
        byte[] records = new byte[Rows * (labels + Pixels)];
        _random.NextBytes(records);
        for (int row = 0; row < Rows; row++)
        {
            records.AsSpan(row * (labels + Pixels), labels).Fill((byte)(row % 10));
        }

        return records;
    }

    // An array of bytes of Matlab's version 5: flags, sizes, name, numbers.
    private static byte[] Matrix(string name, byte[] bytes, params int[] sizes)
    {
        byte[] numbers = new byte[4 * sizes.Length];
        foreach ((int i, int size) in sizes.Index())
        {
            BinaryPrimitives.WriteInt32LittleEndian(numbers.AsSpan(4 * i), size);
        }

        // A name of up to four characters lies in its tag.
        byte[] small = [1, 0, (byte)name.Length, 0, .. Encoding.ASCII.GetBytes(name.PadRight(4, '\0'))];
        return Element(14, [.. Element(6, [9, 0, 0, 0, 0, 0, 0, 0]), .. Element(5, numbers), .. small, .. Element(2, bytes)]);
    }

    private static byte[] Packed(byte[] element)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(element);
        }

        return [15, 0, 0, 0, .. Length((int)packed.ToArray().Length), .. packed.ToArray()];
    }

    private static byte[] Element(byte kind, byte[] data) =>
        [kind, 0, 0, 0, .. Length(data.Length), .. data, .. new byte[(8 - data.Length % 8) % 8]];

    private static byte[] Length(int length)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        return bytes;
    }

    private void Write(string file, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder, file), bytes);

    private sealed class Started(string network, string folder, string picture)
        : ExampleRun("Vision", "start", network, folder, picture, "gates, D = 3");
}
