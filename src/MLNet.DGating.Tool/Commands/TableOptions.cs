using System.CommandLine;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The options that say how a table is written.</summary>
internal sealed class TableOptions
{
    private readonly Option<string> _separator = new("--separator")
    {
        Description = "What separates cells: a character, or 'tab'. Default: whichever of , ; tab | cuts the first rows evenly.",
        HelpName = "char",
    };
    private readonly Option<bool> _header = new("--header")
    {
        Description = "The first row holds names, even if they look like values.",
    };
    private readonly Option<bool> _noHeader = new("--no-header")
    {
        Description = "The first row holds values; columns are called Column1, Column2, … Default: detected.",
    };
    private readonly Option<string> _charset = new("--charset")
    {
        Description = "The encoding of the text, such as windows-1252. Default: UTF-8 if it is valid, else guessed.", HelpName = "name",
    };
    private readonly Option<string> _comment = new("--comment")
    {
        Description = "Lines that begin with this character are skipped.", HelpName = "char",
    };

    public TableOptions(Command command)
    {
        foreach (Option option in new Option[] { _separator, _header, _noHeader, _charset, _comment })
        {
            command.Add(option);
        }
    }

    /// <summary>Returns the parts of the format that the user gives.</summary>
    /// <exception cref="ToolException">An option is not one character, or --header and --no-header are both given.</exception>
    public TableHints Hints(ParseResult parsed)
    {
        if (parsed.GetValue(_header) && parsed.GetValue(_noHeader))
        {
            throw ToolException.Usage("--header and --no-header contradict each other: give one of them, or none.");
        }

        return new(
            Character("--separator", parsed.GetValue(_separator)),
            parsed.GetValue(_noHeader) ? false : parsed.GetValue(_header) ? true : null,
            parsed.GetValue(_charset),
            Character("--comment", parsed.GetValue(_comment)));
    }

    private static char? Character(string option, string? word) => word switch
    {
        null => null,
        "tab" or "\\t" or "\t" => '\t',
        // Sep separates by ASCII alone.
        [char single] when single is '"' or < '\u001f' or > '~' =>
            throw ToolException.Usage($"{option} '{word}' cannot be taken: give a character of ASCII that is no quote, or tab."),
        [char single] => single,
        _ => throw ToolException.Usage($"{option} '{word}' is not one character: give one, or tab."),
    };
}
