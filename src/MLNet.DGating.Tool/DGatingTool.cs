using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text.Json;
using MLNet.DGating.Tool.Commands;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool;

/// <summary>The tool as a function from arguments to an exit code.</summary>
internal static class DGatingTool
{
    private const string Help = """
        Learn from a table which columns a prediction needs, and predict with them.

        Start with:  dgating train data.csv --label column
        Then:        dgating predict model.zip new.csv -o predicted.csv

        Tables are csv or tsv, also gzipped, or parquet. Exit codes: 0 done; 2 wrong command line; 3 a file that is read is missing, damaged
        or lacks a column; 4 a file cannot be written; 5 nothing can be learnt from the data, or not on this machine; 130 stopped before
        there was a model; 1 a fault of dgating.
        """;

    private const string NoMemory =
        "the memory that this process may use does not suffice: give it more, or a table of fewer rows or columns.";

    public static int Run(string[] arguments, ToolContext context)
    {
        try
        {
            return Invoke(arguments, context);
        }
        catch (Exception fault)
        {
            (ExitCode code, string message) = Explain(fault, context.Cancellation);
            context.Error.WriteLine(Sentence.Line($"dgating: {message}"));
            if (arguments.Contains("--json"))
            {
                context.Output.WriteLine(JsonSerializer.Serialize(new { Error = message, ExitCode = (int)code }, Json.Options));
            }

            return (int)code;
        }
    }

    private static int Invoke(string[] arguments, ToolContext context)
    {
        var root = new RootCommand(Help)
        {
            TrainCommand.Create(context), SelectCommand.Create(context), StabilityCommand.Create(context),
            PredictCommand.Create(context), ReportCommand.Create(context), InspectCommand.Create(context),
            ExplainCommand.Create(context), ExportCommand.Create(context), CodeCommand.Create(context),
        };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction || (parsed.Action is null && parsed.Errors.Count > 0))
        {
            throw ToolException.Usage(UsageMessage(parsed));
        }

        CheckValues(parsed, arguments);
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = context.Output,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    // Where a value is missing, System.CommandLine takes the option behind it for one, also of options that have a list of values.
    private static void CheckValues(ParseResult parsed, string[] arguments)
    {
        Command command = parsed.CommandResult.Command;
        HashSet<string> names = [.. command.Options.SelectMany(option => (string[])[option.Name, .. option.Aliases])];
        foreach (OptionResult option in parsed.CommandResult.Children.OfType<OptionResult>())
        {
            // After "=", as in --label=--json, it is meant.
            if (option.Tokens.FirstOrDefault(token => names.Contains(token.Value) && arguments.Contains(token.Value)) is { } taken)
            {
                throw ToolException.Usage($"{option.Option.Name} lacks its value, since {taken.Value} behind it is an option; "
                    + $"dgating {command.Name} --help tells more.");
            }
        }
    }

    private static string UsageMessage(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string help = command is RootCommand ? "dgating --help" : $"dgating {command.Name} --help";
        if (parsed.UnmatchedTokens is [string unknown, ..])
        {
            string[] known = [.. command.Subcommands.Select(each => each.Name), .. command.Options.Select(each => each.Name)];
            return $"'{unknown}' is not understood{Suggestion.For(unknown, known)}; {help} tells more.";
        }

        return $"{OnOneLine(parsed.Errors[0].Message)}; {help} tells more.";
    }

    // System.CommandLine writes the values that an option takes on lines of their own, and types as the runtime names them.
    private static string OnOneLine(string message)
    {
        string line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        int type = line.IndexOf(" as expected type ", StringComparison.Ordinal);
        return Sentence.WithoutPeriod(type < 0 ? line : line[..type]);
    }

    // libtorch has no type for it, and .NET says of an assembly which it has no memory for that it is not there.
    private static bool IsOutOfMemory(Exception fault) => fault is OutOfMemoryException
        || ((fault as FileNotFoundException)?.FileName ?? (fault as FileLoadException)?.FileName) is { } file && IsHere(file)
        || (fault is ExternalException && (fault.Message.Contains("can't allocate memory", StringComparison.Ordinal)
            || fault.Message.Contains("bad_alloc", StringComparison.Ordinal)));

    private static bool IsHere(string assembly)
    {
        string name = assembly.Split(',', 2)[0];
        return name.Length < assembly.Length && File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll"));
    }

    // ML.NET wraps the exceptions of its cursors, so an error of the tool may be inside another exception.
    private static (ExitCode Code, string Message) Explain(Exception fault, CancellationToken cancellation)
    {
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is ToolException known)
            {
                return (known.ExitCode, known.Message);
            }

            if (IsOutOfMemory(cause))
            {
                return (ExitCode.Training, NoMemory);
            }
        }

        if (cancellation.IsCancellationRequested)
        {
            return (ExitCode.Cancelled, "stopped before there was a model; nothing was written.");
        }

        string message = Sentence.WithoutPeriod(fault.Message);
        return (ExitCode.Fault, $"a fault of dgating, please report it: {fault.GetType().Name}: {message}.");
    }
}
