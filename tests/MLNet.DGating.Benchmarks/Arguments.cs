namespace MLNet.DGating.Benchmarks;

/// <summary>Holds the command and the named values of the command line: COMMAND --name value … --flag.</summary>
/// <param name="Command">The command; empty if there is none.</param>
/// <param name="Values">The values by name, without dashes; empty for a flag.</param>
internal sealed record Arguments(string Command, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Parses a command line.</summary>
    public static Arguments Parse(string[] args) => new(
        args.Length > 0 ? args[0] : "",
        args.Index().Skip(1).Where(arg => IsName(arg.Item)).ToDictionary(arg => arg.Item[2..], arg => ValueAt(args, arg.Index + 1)));

    /// <summary>The number of threads of a fit, --threads; 1 by default.</summary>
    public int Threads => Integer("threads", 1);

    /// <summary>Gives a value as text, or the fallback where it is not given.</summary>
    public string Text(string name, string fallback) => Values.GetValueOrDefault(name, fallback);

    /// <summary>Gives a value as an integer, or the fallback where it is not given.</summary>
    public int Integer(string name, int fallback) => Values.TryGetValue(name, out string? value) ? int.Parse(value) : fallback;

    /// <summary>Gives a value as a number, or null where it is not given.</summary>
    public double? Number(string name) => Values.TryGetValue(name, out string? value) ? double.Parse(value) : null;

    private static bool IsName(string arg) => arg.StartsWith("--", StringComparison.Ordinal);

    private static string ValueAt(string[] args, int index) => index < args.Length && !IsName(args[index]) ? args[index] : "";
}
