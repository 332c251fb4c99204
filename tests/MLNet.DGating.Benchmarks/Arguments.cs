namespace MLNet.DGating.Benchmarks;

/// <summary>A command and its named values: COMMAND --name value …</summary>
internal sealed record Arguments(string Command, IReadOnlyDictionary<string, string> Values)
{
    public static Arguments Parse(string[] args) => new(
        args.Length > 0 ? args[0] : "",
        args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]));

    /// <summary>Of a fit: --threads, one by default.</summary>
    public int Threads => Whole("threads", 1);

    public string Text(string name, string fallback) => Values.GetValueOrDefault(name, fallback);

    public int Whole(string name, int fallback) => Values.TryGetValue(name, out string? value) ? int.Parse(value) : fallback;

    public double? Number(string name) => Values.TryGetValue(name, out string? value) ? double.Parse(value) : null;
}
