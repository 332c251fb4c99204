using static TorchSharp.torch;

namespace Language;

/// <summary>A text as numbers of its characters: the first nine tenths to train on, the rest to validate.</summary>
internal sealed class Corpus
{
    private readonly Tensor _training;
    private readonly Tensor _validation;

    public Corpus(string text)
    {
        Characters = [.. text.Distinct().Order()];
        long[] numbers = [.. text.Select(character => (long)Array.BinarySearch(Characters, character))];
        int training = numbers.Length / 10 * 9;
        (_training, _validation) = (tensor(numbers[..training]), tensor(numbers[training..]));
    }

    public char[] Characters { get; }

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
        using Tensor rows = tensor(starts).view(-1, 1) + arange(length, int64);
        return (text.index_select(0, rows.flatten()).view(rows.shape), text.index_select(0, (rows + 1).flatten()).view(rows.shape));
    }
}
