using System.Security.Cryptography;

namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Keeps the results of runs that have ended in a file that only grows.</summary>
/// <remarks>Each is written once, and leaves the memory then.</remarks>
/// <param name="path">The file.</param>
/// <param name="index">What is in the file already.</param>
internal sealed class EndedRuns(string path, IReadOnlyDictionary<string, EndedRun> index)
{
    private readonly Dictionary<string, EndedRun> _index = new(index);
    private readonly Dictionary<string, byte[]> _waiting = [];
    private long _length = index.Values.Select(run => run.Offset + run.Length).DefaultIfEmpty().Max();

    /// <summary>The length of the file once all results are written.</summary>
    public long Bytes => _length + _waiting.Values.Sum(result => (long)result.Length);

    /// <summary>What is in the file.</summary>
    public IReadOnlyDictionary<string, EndedRun> Index => _index;

    /// <summary>Adds a result, which waits for the next time that the file is written.</summary>
    public void Add(string key, byte[] result) => _waiting[key] = result;

    /// <summary>Gives the result of a run that has ended; null for another.</summary>
    /// <exception cref="FormatException">The file is damaged; the message is a part of a sentence.</exception>
    public byte[]? Find(string key)
    {
        if (_waiting.TryGetValue(key, out byte[]? waiting) || !_index.TryGetValue(key, out EndedRun? run))
        {
            return waiting;
        }

        using FileStream file = File.OpenRead(path);
        if (run.Offset < 0 || run.Length < 0 || run.Offset + run.Length > file.Length)
        {
            throw new FormatException("a result is missing in it");
        }

        byte[] result = new byte[run.Length];
        file.Position = run.Offset;
        file.ReadExactly(result);
        return SHA256.HashData(result).AsSpan().SequenceEqual(run.Hash)
            ? result
            : throw new FormatException("the checksum of a result is wrong");
    }

    /// <summary>Writes the results that wait, behind those that are there.</summary>
    public void Write()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        using FileStream file = File.Open(path, FileMode.OpenOrCreate, FileAccess.Write);
        // What a process that was killed had written last is not in the index.
        file.SetLength(_length);
        file.Position = _length;
        foreach (byte[] result in _waiting.Values)
        {
            file.Write(result);
        }

        file.Flush(flushToDisk: true);
        foreach ((string key, byte[] result) in _waiting)
        {
            _index[key] = new EndedRun(_length, result.Length, SHA256.HashData(result));
            _length += result.Length;
        }

        _waiting.Clear();
    }
}
