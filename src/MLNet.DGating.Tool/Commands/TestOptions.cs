using System.CommandLine;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Splitting;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The options that say how a model is tested, and by which threshold a row is predicted to be positive.</summary>
internal sealed class TestOptions
{
    private const int MostFolds = 20;

    private readonly Option<string> _test = new("--test")
    {
        Description = "A table to test the model on, with the same columns.", HelpName = "file",
    };
    private readonly Option<double?> _split = new("--split")
    {
        Description = "The part of the rows that is held out to test the model on; 0 for none. Default: 0.2; where that would be fewer "
            + "than 1,000 rows, --folds.",
        HelpName = "part",
    };
    private readonly Option<int?> _folds = new("--folds")
    {
        Description = "Test on all rows in turn, each predicted by one of so many models that were not trained on it, and train the model "
            + "itself on all rows. Default where rows are few: 5, or 10 of less than 200 rows.",
        HelpName = "n",
    };
    private readonly Option<string> _time = new("--time")
    {
        Description = "A column of dates or numbers that says when a row was: the last part of the rows is tested on.",
        HelpName = "column",
    };
    private readonly Option<string> _threshold = new("--threshold")
    {
        Description = "Of two values, the probability from which the positive one is predicted: a number, f1 for the largest F1 score, or "
            + "cost=a:b where a false alarm costs a and a miss b. Chosen on rows that were not trained on. Default: 0.5.",
        HelpName = "rule",
    };

    private readonly bool _isAskedFor;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="isAskedFor">Whether there is a test only where one of the options asks for it, and no threshold.</param>
    public TestOptions(Command command, bool isAskedFor = false)
    {
        _isAskedFor = isAskedFor;
        if (isAskedFor)
        {
            _split.Description = "The part of the rows that is held out, to test what is selected on the others. Default: none.";
            _folds.Description = "Test the selection on all rows in turn: so many times it is made without some of them, and tested on "
                + "these. The selection itself is made on all rows. Default: no test.";
        }

        foreach (Option option in new Option[] { _test, _split, _folds, _time })
        {
            command.Add(option);
        }

        if (!isAskedFor)
        {
            command.Add(_threshold);
        }
    }

    /// <summary>Checks the options before any table is read.</summary>
    /// <exception cref="ToolException">An option is wrong, or two contradict each other.</exception>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_split) is { } split && !(split >= 0 && split <= 0.9))
        {
            throw ToolException.Usage($"--split must be from 0 to 0.9, but was {split}.");
        }

        if (parsed.GetValue(_folds) is { } folds && folds is < 2 or > MostFolds)
        {
            throw ToolException.Usage($"--folds must be from 2 to {MostFolds}, but was {folds}.");
        }

        bool holdsOut = parsed.GetValue(_split) is > 0;
        string[] given =
        [
            .. parsed.GetValue(_time) is not null ? ["--time"] : holdsOut ? ["--split"] : Array.Empty<string>(),
            .. parsed.GetValue(_folds) is null ? Array.Empty<string>() : ["--folds"],
            .. parsed.GetValue(_test) is null ? Array.Empty<string>() : ["--test"],
        ];
        if (given.Length > 1)
        {
            throw ToolException.Usage($"{given[0]} and {given[1]} contradict each other: give one of them.");
        }

        if (parsed.GetValue(_time) is not null && parsed.GetValue(_split) is 0)
        {
            throw ToolException.Usage("--time and --split 0 contradict each other: give one of them.");
        }

        if (Rule(parsed) is { Kind: not ThresholdKind.Value } && given.Length == 0 && parsed.GetValue(_split) is 0)
        {
            throw ToolException.Usage("--threshold is chosen on test rows, and --split 0 leaves none: give a probability, or test rows.");
        }
    }

    /// <summary>Adds the test and the threshold to a request.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="request">The request.</param>
    /// <param name="hints">How the table of the test is read.</param>
    /// <exception cref="ToolException">The test's table cannot be read, or the label has no threshold.</exception>
    public TrainingRequest Apply(ParseResult parsed, TrainingRequest request, TableHints hints)
    {
        ThresholdRule? rule = Rule(parsed) ?? request.Threshold;
        if (rule is not null && request.Label.Task != LearningTask.Binary)
        {
            throw ToolException.Usage($"--threshold is for two values, and '{request.Label.Name}' has others: leave it out.");
        }

        if (parsed.GetValue(_time) is { } time)
        {
            request.Table.File.IndexOf(time);
        }

        return request with
        {
            Threshold = rule,
            CommandLine = "dgating " + string.Join(' ', parsed.Tokens.Select(token => Quoted(token.Value))),
            TestFile = parsed.GetValue(_test) is { } test ? TableFile.Open(test, hints) : null,
            Test = _isAskedFor && !IsGiven(parsed) ? null : new TestPlan
            {
                Share = parsed.GetValue(_split), FoldCount = parsed.GetValue(_folds), Time = parsed.GetValue(_time),
            },
        };
    }

    private bool IsGiven(ParseResult parsed) => parsed.GetValue(_split) is > 0 || parsed.GetValue(_folds) is not null
        || parsed.GetValue(_time) is not null || parsed.GetValue(_test) is not null;

    private static string Quoted(string word) => word.Any(" ()*&;".Contains) ? $"\"{word}\"" : word;

    private ThresholdRule? Rule(ParseResult parsed) =>
        !_isAskedFor && parsed.GetValue(_threshold) is { } text ? ThresholdRule.Parse(text) : null;
}
