using System.CommandLine;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Inference;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The options that say what becomes of columns.</summary>
internal sealed class ColumnOptions
{
    private readonly Option<string[]> _ignore = Columns("--ignore", "Columns that must not be used.");
    private readonly Option<string[]> _categorical =
        Columns("--categorical", "Columns of numbers or dates whose values are only names.");
    private readonly Option<string[]> _text =
        Columns("--text", "Columns of text whose words, and pairs of words, become features.");
    private readonly Option<int?> _maximumCategories = new("--max-categories")
    {
        Description = "A category of more values than this is hashed into 256 slots that values share. Default: 100, or "
            + "10,000 where a value has 5 rows on average.",
        HelpName = "n",
    };

    public ColumnOptions(Command command)
    {
        foreach (Option option in new Option[] { _ignore, _categorical, _text, _maximumCategories })
        {
            command.Add(option);
        }
    }

    /// <summary>Returns what was said.</summary>
    /// <exception cref="ToolException">The number of categories is not positive.</exception>
    public ColumnHints Read(ParseResult parsed) => new()
    {
        Ignored = parsed.GetValue(_ignore) ?? [],
        Categorical = parsed.GetValue(_categorical) ?? [],
        Text = parsed.GetValue(_text) ?? [],
        MaximumCategories = parsed.GetValue(_maximumCategories) is null or >= 1 ? parsed.GetValue(_maximumCategories)
            : throw ToolException.Usage($"--max-categories must be at least 1, but was {parsed.GetValue(_maximumCategories)}."),
    };

    private static Option<string[]> Columns(string name, string description) => new(name)
    {
        Description = description, HelpName = "column…", AllowMultipleArgumentsPerToken = true,
    };
}
