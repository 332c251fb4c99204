using System.CommandLine;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The arguments and options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>The value of --bad-cells with which a run goes on.</summary>
    public const string BadCellsAreMissing = "missing";

    public static Argument<string> Data(string description) => new("data")
    {
        Description = description + " csv or tsv (also .gz), or parquet.", HelpName = "data",
    };

    public static Argument<string[]> Tables(string description) => new("data")
    {
        Description = description + " csv or tsv (also .gz), or parquet; several with the same columns are read one after another.",
        HelpName = "data", Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string> Output(string description, string help) => new("--output", "-o")
    {
        Description = description, HelpName = help,
    };

    public static Option<string?> OptionalOutput(string description, string help) => new("--output", "-o")
    {
        Description = description, HelpName = help,
    };

    public static Option<bool> Force() => new("--force") { Description = "Replace files that exist." };

    public static Option<bool> Trust() => new("--trust")
    {
        Description = "Load the model without checking it against the checksums in it: one of an older dgating has none, and a damaged or "
            + "hostile one may hang or fill the memory.",
    };

    public static Option<string> BadCells() => new Option<string>("--bad-cells")
    {
        Description = "What to do where the model reads a number or a date and no cell of a column is one. error: stop. missing: count the "
            + "cells as missing, and go on with a warning.",
        DefaultValueFactory = _ => "error",
    }.AcceptOnlyFromAmong("error", BadCellsAreMissing);

    public static Option<bool> AsJson() => new("--json")
    {
        Description = "Print the result as one JSON object, for scripts; warnings and errors stay on the error stream.",
    };
}
