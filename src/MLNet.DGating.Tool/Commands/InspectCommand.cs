using System.CommandLine;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating inspect, which describes a model, or how a table is understood.</summary>
internal sealed class InspectCommand
{
    private const string Help = """
        Say what a model is: what it predicts and from which columns, which features it kept and which it dropped, how good it is.
        Or say how a table is understood, before a model is trained on it: which columns are numbers, categories, dates or text, why, and
        which option overrules that.

        Examples:
          dgating inspect model.zip
          dgating inspect model.zip --json
          dgating inspect data.csv --label price
          dgating inspect data.csv -o plain.csv
        """;

    private readonly ToolContext _context;
    private readonly Argument<string> _file = new("file")
    {
        Description = "A model that dgating train wrote (.zip), or a table: csv or tsv (also .gz), or parquet.", HelpName = "file",
    };
    private readonly Option<string?> _label = new("--label", "-l")
    {
        Description = "Of a table, the column that is to be predicted: what it asks for, and which columns say it alone.",
        HelpName = "column",
    };
    private readonly Option<string?> _output = CommonOptions.OptionalOutput(
        "Of a table, a csv (.tsv: tsv; .gz: gzipped) with its cells as they are understood: plain numbers, ISO dates, missing cells empty.",
        "plain.csv");
    private readonly Option<bool> _trust = CommonOptions.Trust();
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.AsJson();
    private readonly ColumnOptions _columns;
    private readonly TableOptions _table;
    private readonly ReadingOptions _reading;

    private InspectCommand(ToolContext context, Command command)
    {
        _context = context;
        command.Add(_file);
        foreach (Option option in new Option[] { _label, _output, _trust, _force, _json })
        {
            command.Add(option);
        }

        _columns = new ColumnOptions(command);
        _table = new TableOptions(command);
        _reading = new ReadingOptions(command);
        command.SetAction(Run);
    }

    public static Command Create(ToolContext context)
    {
        var command = new Command("inspect", Help);
        _ = new InspectCommand(context, command);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var console = new ToolConsole(_context, parsed.GetValue(_json));
        string path = parsed.GetRequiredValue(_file);
        if (IsZip(path))
        {
            ModelPage.Write(console, path, ModelFile.Describe(path, parsed.GetValue(_trust)));
        }
        else
        {
            var inspection = new TableInspection(console, _context.Cancellation)
            {
                Label = parsed.GetValue(_label), Columns = _columns.Read(parsed), Reading = _reading.Read(parsed),
            };
            inspection.Write(path, _table.Hints(parsed), parsed.GetValue(_output), parsed.GetValue(_force));
        }

        return (int)ExitCode.Success;
    }

    private static bool IsZip(string path)
    {
        if (!File.Exists(path) || path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        }

        using FileStream file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[2];
        return file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic.SequenceEqual("PK"u8);
    }
}
