using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Spectre.Console;

namespace MLNet.DGating.Tool.Output;

/// <summary>How a command talks: to people, or with --json to scripts, which get one object on standard output and nothing else there.</summary>
internal sealed class ToolConsole(ToolContext context, bool isJson)
{
    private const int WidthOfFiles = 120;

    /// <summary>A line of the result, for people.</summary>
    public void Say(string line)
    {
        if (!isJson)
        {
            context.Output.WriteLine(line);
        }
    }

    /// <summary>A line beside the result.</summary>
    public void Note(string line) => context.Error.WriteLine(line);

    /// <summary>A table of the result, for people.</summary>
    public void Show(Table table)
    {
        if (!isJson)
        {
            IAnsiConsole console = Ansi(context.Output);
            console.Write(table);
        }
    }

    /// <summary>The result, for scripts.</summary>
    public void Result(object result)
    {
        if (isJson)
        {
            context.Output.WriteLine(JsonSerializer.Serialize(result, Json.Options));
        }
    }

    /// <summary>Runs a training and shows how it goes: live where somebody watches, else a line for each phase.</summary>
    public T Training<T>(Func<IProgress<DGatingProgress>, T> train) =>
        context.IsInteractive && !isJson ? LiveProgress.Run(Ansi(context.Error), train) : train(new PhaseLines(isJson ? TextWriter.Null : context.Error));

    /// <summary>An ML.NET context whose warnings of the training reach the user.</summary>
    public MLContext CreateMLContext(int seed)
    {
        var mlContext = new MLContext(seed);
        mlContext.Log += (_, log) =>
        {
            if (log.Kind == ChannelMessageKind.Warning && log.Source.Contains("DGating", StringComparison.Ordinal))
            {
                Note($"dgating: {log.RawMessage}");
            }
        };
        return mlContext;
    }

    private static IAnsiConsole Ansi(TextWriter writer)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
