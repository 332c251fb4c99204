using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Progress;
using MLNet.DGating.Tool.Text;
using Spectre.Console;

namespace MLNet.DGating.Tool.Output;

/// <summary>The output of a command: lines and tables for people or, with --json, one object on standard output.</summary>
internal sealed class ToolConsole(ToolContext context, bool isJson)
{
    private const int WidthOfFiles = 120;

    /// <summary>Writes a line of the result, for people.</summary>
    public void Say(string line)
    {
        if (!isJson)
        {
            context.Output.WriteLine(Sentence.Line(line));
        }
    }

    /// <summary>Writes a line on the error stream.</summary>
    public void Note(string line) => context.Error.WriteLine(Sentence.Line(line));

    /// <summary>Writes a table of the result, for people.</summary>
    public void Show(Table table)
    {
        if (!isJson)
        {
            IAnsiConsole console = Ansi(context.Output);
            console.Write(table);
        }
    }

    /// <summary>Writes the result as JSON, for scripts.</summary>
    public void Result(object result)
    {
        if (isJson)
        {
            context.Output.WriteLine(JsonSerializer.Serialize(result, Json.Options));
        }
    }

    /// <summary>Runs a training and shows its progress: a bar on a terminal, else a line for each phase.</summary>
    public T Training<T>(Func<StagedProgress, T> train) => isJson ? train(StagedProgress.Silent)
        : context.IsInteractive ? LiveProgress.Run(Ansi(context.Error), show => train(new StagedProgress(show)))
        : train(new StagedProgress(new PhaseLines(context.Error, TimeProvider.System).Show));

    /// <summary>Creates an ML.NET context whose warnings of the training are written on the error stream.</summary>
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
