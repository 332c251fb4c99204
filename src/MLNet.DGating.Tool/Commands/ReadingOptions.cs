using System.CommandLine;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Inference;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The options that overrule how the cells of a table are understood.</summary>
internal sealed class ReadingOptions
{
    private readonly Option<string[]> _missing = Words("--missing", "Words or numbers that stand for a missing value in every column.");
    private readonly Option<string[]> _notMissing =
        Words("--not-missing", "Words or numbers that are values, though they look like missing ones: none, NA, 9999.");
    private readonly Option<string[]> _numbers =
        Columns("--number", "Columns of numbers, whatever words are among them; the words are missing values.");
    private readonly Option<string[]> _dates = Columns("--date", "Columns of dates, also where they are eight digits: 20241231.");
    private readonly Option<bool> _dayFirst = new("--day-first") { Description = "In dates the day comes first: 31/12/2024." };
    private readonly Option<bool> _monthFirst = new("--month-first")
    {
        Description = "In dates the month comes first: 12/31/2024. Default: the order that more dates have.",
    };
    private readonly Option<bool> _decimalComma = new("--decimal-comma") { Description = "Numbers have a decimal comma: 1.234,50." };
    private readonly Option<bool> _decimalPoint = new("--decimal-point")
    {
        Description = "Numbers have a decimal point: 1,234.50. Default: as more numbers of a column have it.",
    };

    public ReadingOptions(Command command)
    {
        Option[] options = [_missing, _notMissing, _numbers, _dates, _dayFirst, _monthFirst, _decimalComma, _decimalPoint];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Returns what was said.</summary>
    /// <exception cref="ToolException">Two options contradict each other.</exception>
    public ReadingHints Read(ParseResult parsed) => new()
    {
        Missing = parsed.GetValue(_missing) ?? [],
        NotMissing = parsed.GetValue(_notMissing) ?? [],
        Numbers = parsed.GetValue(_numbers) ?? [],
        Dates = parsed.GetValue(_dates) ?? [],
        IsDayFirst = OneOf(parsed, _dayFirst, _monthFirst),
        IsDecimalComma = OneOf(parsed, _decimalComma, _decimalPoint),
    };

    private static bool? OneOf(ParseResult parsed, Option<bool> yes, Option<bool> no) =>
        parsed.GetValue(yes) && parsed.GetValue(no)
            ? throw ToolException.Usage($"{yes.Name} and {no.Name} contradict each other: give one of them, or none.")
            : parsed.GetValue(yes) ? true
            : parsed.GetValue(no) ? false
            : null;

    private static Option<string[]> Words(string name, string description) => new(name)
    {
        Description = description, HelpName = "word…", AllowMultipleArgumentsPerToken = true,
    };

    private static Option<string[]> Columns(string name, string description) => new(name)
    {
        Description = description, HelpName = "column…", AllowMultipleArgumentsPerToken = true,
    };
}
