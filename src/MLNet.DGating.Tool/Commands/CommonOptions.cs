using System.CommandLine;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The arguments and options that several commands share.</summary>
internal static class CommonOptions
{
    public static Argument<string> Data(string description) => new("data")
    {
        Description = description + " csv or tsv (also .gz), or parquet.", HelpName = "data",
    };

    public static Argument<string> Model() => new("model")
    {
        Description = "A model that dgating train wrote.", HelpName = "model.zip",
    };

    public static Option<string> Output(string description, string help) => new("--output", "-o")
    {
        Description = description, HelpName = help,
    };

    public static Option<bool> Force() => new("--force") { Description = "Replace files that exist." };

    public static Option<bool> AsJson() => new("--json")
    {
        Description = "Print the result as one JSON object, for scripts; warnings and errors stay on the error stream.",
    };

    public static Option<string> Separator() => new("--separator")
    {
        Description = "What separates cells: a character, or 'tab'. Default: whichever of , ; tab | cuts the first rows evenly.",
        HelpName = "char",
    };

    public static Option<bool> NoHeader() => new("--no-header")
    {
        Description = "The first row holds values; columns are called Column1, Column2, … Default: detected.",
    };

    public static Option<bool> Header() => new("--header")
    {
        Description = "The first row holds names, even if they look like values.",
    };

    /// <summary>Returns the parts of the format that the user gives.</summary>
    /// <exception cref="ToolException">The separator is not one character, or --header and --no-header are both given.</exception>
    public static TableHints Hints(ParseResult parsed, Option<string> separator, Option<bool> header, Option<bool> noHeader)
    {
        if (parsed.GetValue(header) && parsed.GetValue(noHeader))
        {
            throw ToolException.Usage("--header and --no-header contradict each other: give one of them, or none.");
        }

        return new(
            parsed.GetValue(separator) switch
            {
                null => null,
                "tab" or "\\t" or "\t" => '\t',
                [char single] => single,
                string other => throw ToolException.Usage($"--separator '{other}' is not one character: give one, or tab."),
            },
            parsed.GetValue(noHeader) ? false : parsed.GetValue(header) ? true : null);
    }
}
