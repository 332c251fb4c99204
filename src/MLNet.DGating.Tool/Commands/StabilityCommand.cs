using System.CommandLine;
using System.Globalization;
using System.Text;
using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;
using MLNet.DGating.Tool.Training;
using MLNet.DGating.Torch.ModelSelection.Checkpoints;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The command dgating stability, which finds the features that nearly all halves of the rows select.</summary>
internal sealed class StabilityCommand
{
    private const int DefaultPairs = 50;
    private const string Help = """
        Find the features that are selected again on other rows of the same kind.

        The rows are halved many times, features are selected on every half, and those that nearly all halves select are stable. The number
        of stable features that chance alone would give is bounded. It takes long: mpirun -n 8 dgating stability spreads it.

        Examples:
          dgating stability adult.csv --label income
          mpirun -n 4 dgating stability genes.csv.gz --label tumour --features 20 --pairs 100 -o stable.csv
        """;

    private readonly ToolContext _context;
    private readonly LearningOptions _learning;
    private readonly Option<int> _pairs = new("--pairs")
    {
        Description = "How often the rows are halved; with fewer than 20 the frequencies are coarse.", HelpName = "n",
        DefaultValueFactory = _ => DefaultPairs,
    };
    private readonly Option<double> _threshold = new("--threshold")
    {
        Description = "The share of the runs that makes a feature stable, above 0.5 and at most 1.", HelpName = "share",
        DefaultValueFactory = _ => DGatingStability.DefaultThreshold,
    };
    private readonly Option<string> _output = CommonOptions.Output("A csv (.tsv: tsv; .gz: gzipped) for the features.", "stable.csv");
    private readonly ResumeOption _resume;
    private readonly Option<bool> _force = CommonOptions.Force();
    private readonly Option<bool> _json = CommonOptions.AsJson();

    private StabilityCommand(ToolContext context, Command command)
    {
        _context = context;
        _learning = new LearningOptions(command);
        _resume = new ResumeOption(command);
        foreach (Option option in new Option[] { _pairs, _threshold, _output, _force, _json })
        {
            command.Add(option);
        }

        command.SetAction(Run);
    }

    public static Command Create(ToolContext context)
    {
        var command = new Command("stability", Help);
        _ = new StabilityCommand(context, command);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        int pairs = parsed.GetValue(_pairs);
        double threshold = parsed.GetValue(_threshold);
        Check(pairs, threshold);
        var console = new ToolConsole(_context, parsed.GetValue(_json));
        string? output = parsed.GetValue(_output);
        if (output is not null)
        {
            OutputFile.Check(output, parsed.GetValue(_force));
        }

        FitCheckpoint? checkpoint = _resume.Begin(parsed, output, _context, console);
        TrainingRequest request = _learning.Request(parsed, console, _context.Cancellation) with
        {
            Executor = _learning.Cluster(parsed, _context),
            Checkpoint = checkpoint,
        };
        if (request.Shape == DGatingModelShape.AdditiveWithPairs)
        {
            throw ToolException.Usage("Stability selection has no pairs of features: use --shape additive.");
        }

        MLContext mlContext = console.CreateMLContext(request.Seed);
        StabilityRun found =
            console.Training(progress => StabilityRun.Run(mlContext, request, pairs, threshold, progress, _context.Cancellation));
        if (!_context.WritesFiles)
        {
            return (int)ExitCode.Success;
        }

        int stable = found.Features.Count(feature => feature.IsStable);
        console.Say("");
        console.Say(string.Create(CultureInfo.InvariantCulture,
            $"{Sentence.Count(stable, "stable feature")}: {threshold:p0} or more of the {2 * pairs} runs select them, "
            + $"{found.FeatureCount} features each."));
        console.Say(string.Create(CultureInfo.InvariantCulture, $"Expected by chance: at most {found.ExpectedByChance:0.##}."));
        console.Show(ModelTables.Frequencies(found.Features));
        if (output is not null)
        {
            Write(output, request.Table.File.Format.Encoding, found.Features);
            ResumeOption.End(checkpoint, isComplete: true);
            console.Say($"Written: {output}");
        }

        console.Result(new
        {
            Pairs = pairs, Threshold = threshold, found.FeatureCount, found.ExpectedByChance, found.Features, Output = output,
        });
        return (int)ExitCode.Success;
    }

    private static void Check(int pairs, double threshold)
    {
        if (pairs < 1)
        {
            throw ToolException.Usage($"--pairs must be at least 1, but was {pairs}: 50 is usual.");
        }

        if (!(threshold is > 0.5 and <= 1))
        {
            throw ToolException.Usage(string.Create(CultureInfo.InvariantCulture,
                $"--threshold must be above 0.5 and at most 1, but was {threshold}: what half of the runs do not select is not stable."));
        }
    }

    private static void Write(string path, Encoding encoding, SelectedFeature[] features) => OutputFile.Write(path, temporary =>
    {
        using var writer = TableWriter.Create(temporary, path, encoding);
        string[][] rows =
        [
            ["feature", "column", "frequency", "stable"],
            .. features.Select(feature => (string[])
            [
                feature.Name, feature.Column, feature.Frequency.ToString(CultureInfo.InvariantCulture), feature.IsStable ? "yes" : "no",
            ]),
        ];
        foreach (string[] row in rows)
        {
            foreach (string cell in row)
            {
                writer.Cell(cell);
            }

            writer.EndRow();
        }
    });
}
