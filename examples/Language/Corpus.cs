using static TorchSharp.torch;

namespace Language;

/// <summary>A text as numbers of its characters: the first nine tenths to train on, the rest to validate.</summary>
internal sealed class Corpus
{
    private readonly Tensor _training;
    private readonly Tensor _validation;

    public Corpus(string text, Device device)
    {
        Device = device;
        Characters = [.. text.Distinct().Order()];
        long[] numbers = [.. text.Select(character => (long)Array.BinarySearch(Characters, character))];
        int training = numbers.Length / 10 * 9;
        (_training, _validation) = (tensor(numbers[..training], device: device), tensor(numbers[training..], device: device));
    }

    public char[] Characters { get; }

    public Device Device { get; }

    /// <summary>Reads a file; without one, this repository's own documentation, which is English too.</summary>
    public static Corpus Read(string? file, Device device)
    {
        if (file is not null)
        {
            return new Corpus(File.ReadAllText(file), device);
        }

        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "docs", "modules.md")))
        {
            folder = folder.Parent;
        }

        if (folder is null)
        {
            throw new FileNotFoundException("Name a text of half a million characters or more: Language example TEXT.txt");
        }

        string[] pages = [.. Directory.GetFiles(Path.Combine(folder.FullName, "docs"), "*.md").Order()];
        return new Corpus(string.Concat(pages.Select(File.ReadAllText)), device);
    }

    /// <summary>Draws sequences, and the character after each of theirs.</summary>
    public (Tensor Inputs, Tensor Targets) Batch(Random random, int count, int length)
    {
        long[] starts = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(_training.shape[0] - length - 1))];
        return Sequences(_training, starts, length);
    }

    /// <summary>Gives the same sequences of the validation text each time, evenly spread over it.</summary>
    public (Tensor Inputs, Tensor Targets) Validation(int count, int length)
    {
        long last = _validation.shape[0] - length - 1;
        return Sequences(_validation, [.. Enumerable.Range(0, count).Select(i => last * i / count)], length);
    }

    public string ToText(IEnumerable<long> numbers) => string.Concat(numbers.Select(number => Characters[number]));

    private static (Tensor Inputs, Tensor Targets) Sequences(Tensor text, long[] starts, int length)
    {
        using Tensor rows = tensor(starts, device: text.device).view(-1, 1) + arange(length, int64, text.device);
        return (text.index_select(0, rows.flatten()).view(rows.shape), text.index_select(0, (rows + 1).flatten()).view(rows.shape));
    }
}
