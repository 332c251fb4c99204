using System.CommandLine;
using MLNet.DGating.Distributed;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Output;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Training;

namespace MLNet.DGating.Tool.Commands;

/// <summary>The options of the commands that train: the label, the columns to learn from, and the settings.</summary>
internal sealed class LearningOptions
{
    private readonly Argument<string[]> _data = CommonOptions.Tables("The table to learn from:");
    private readonly Option<string> _label = new("--label", "-l")
    {
        Description = "The column to predict.", HelpName = "column", Required = true,
    };
    private readonly Option<string> _task = new Option<string>("--task", "-t")
    {
        Description = "What to predict. auto: of two values binary, of words or up to 20 whole numbers (no counts) multiclass, "
            + "else regression.",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "binary", "multiclass", "regression");
    private readonly Option<string> _positive = new("--positive")
    {
        Description = "Of two values, the one whose probability is given. Default: yes, true, 1, else the rarer.",
        HelpName = "value",
    };
    private readonly Option<int?> _features = new("--features", "-k")
    {
        Description = "Features to keep. Default: the fewest that predict held-out rows as well as the best count.", HelpName = "k",
    };
    private readonly Option<string> _weight = new("--weight")
    {
        Description = "A column of numbers that says how much each row counts.", HelpName = "column",
    };
    private readonly Option<string> _group = new("--group")
    {
        Description = "A column that says which rows belong together, such as a customer: they are all trained on or all "
            + "tested on, and the column itself is not used.",
        HelpName = "column",
    };
    private readonly Option<string> _encoding = new Option<string>("--encoding")
    {
        Description = "How numbers are read. piecewise: by intervals, as trees do. embedding: by intervals, in a network of the selected "
            + "features. none: as they are. auto: what predicts held-out rows better.",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "none", "piecewise", "embedding");
    private readonly Option<string> _shape = new Option<string>("--shape")
    {
        Description = "What the model may learn. additive: a curve for each number and a value for each category, which add up. "
            + "additive-with-pairs: and tables of two of them, where curves are not enough. interactions: any function of the features.",
        DefaultValueFactory = _ => "interactions",
    }.AcceptOnlyFromAmong("interactions", "additive", "additive-with-pairs");
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Seed of everything random: same seed, same model on the CPU.", HelpName = "n", DefaultValueFactory = _ => 1,
    };
    private readonly Option<string> _device = new Option<string>("--device")
    {
        Description = "Where to train. auto: an NVIDIA card if this build has CUDA and there is one, else the CPU.",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "cpu", "cuda");
    private readonly Option<bool> _keepOutliers = new("--keep-outliers")
    {
        Description = "Learn also from rows whose label, a number, is far from all others. Default: they are named and left out, unless a "
            + "--loss is given.",
    };
    private readonly Option<bool> _shardRows = new("--shard-rows")
    {
        Description = "Under mpirun or srun: each process keeps its part of the rows alone, and all train each network together. Default: "
            + "each keeps all rows, and trains networks of its own.",
    };
    private readonly ObjectiveOptions _objective;
    private readonly ColumnOptions _columns;
    private readonly TableOptions _table;
    private readonly ReadingOptions _reading;

    public LearningOptions(Command command)
    {
        command.Add(_data);
        Option[] options =
        [
            _label, _task, _positive, _features, _weight, _group, _encoding, _shape, _seed,
            _device, _keepOutliers, _shardRows,
        ];
        foreach (Option option in options)
        {
            command.Add(option);
        }

        _objective = new ObjectiveOptions(command);
        _columns = new ColumnOptions(command);
        _table = new TableOptions(command);
        _reading = new ReadingOptions(command);
    }

    /// <summary>Gives the processes that train together, which divide runs or rows; null where this one is alone.</summary>
    /// <exception cref="ToolException">What is asked for needs all rows in one process.</exception>
    public DGatingCluster? Cluster(ParseResult parsed, ToolContext context)
    {
        if (context.Cluster is not { } cluster)
        {
            return null;
        }

        cluster.RowsAreSharded = parsed.GetValue(_shardRows);
        return !cluster.RowsAreSharded || ShapeOf(parsed) != DGatingModelShape.AdditiveWithPairs
            ? cluster
            : throw ToolException.Usage(
                "Pairs of features are chosen on all rows in one process: leave --shard-rows out, or use --shape additive.");
    }

    /// <summary>Reads the table, infers what is not given, and writes that on the console.</summary>
    /// <exception cref="ToolException">An option is wrong, or the table cannot be read or learnt from.</exception>
    public TrainingRequest Request(ParseResult parsed, ToolConsole console, CancellationToken cancellation)
    {
        Check(parsed);
        (Objective objective, LearningTask? needed) = _objective.Read(parsed);
        var file = TableFile.Open(parsed.GetRequiredValue(_data), Hints(parsed));
        string labelName = parsed.GetRequiredValue(_label);
        file.IndexOf(labelName);
        ReadingHints reading = _reading.Read(parsed) with { Label = labelName };
        var table = TableProfile.Read(file, reading, cancellation);
        LabelColumn label = LabelInference.Infer(table[labelName], TaskOf(parsed.GetValue(_task)!) ?? needed, parsed.GetValue(_positive));
        ObjectiveOptions.Check(objective, needed, label);
        var shape = LabelShape.Of(table[labelName]);
        if (label.Task == LearningTask.Regression && !objective.IsChosen && !parsed.GetValue(_keepOutliers))
        {
            label = label with { Cells = shape.Without(label.Cells) };
        }

        objective = objective.For(label, shape);
        if (label.Task == LearningTask.Regression && objective.IsShiftable)
        {
            label = label with { Centre = LabelCentre.Of(table[labelName]) };
        }

        (ModelColumn[] read, LeftOutColumn[] leftOut) = ColumnChoice.Choose(table, labelName, _columns.Read(parsed) with
        {
            Weight = parsed.GetValue(_weight), Group = parsed.GetValue(_group), Reading = reading,
        });
        InferenceLines.Say(console, table, label, objective, read, leftOut);
        return new TrainingRequest
        {
            Table = table,
            Label = label,
            Weight = parsed.GetValue(_weight),
            Group = parsed.GetValue(_group),
            Columns = read,
            LeftOut = leftOut,
            FeatureCount = parsed.GetValue(_features),
            Encoding = EncodingOf(parsed.GetValue(_encoding)!),
            Shape = ShapeOf(parsed),
            Seed = parsed.GetValue(_seed),
            Device = DeviceOf(parsed.GetValue(_device)!),
            Objective = objective,
        };
    }

    /// <summary>Reads the table for a training that goes on from a model, whose columns and settings it has.</summary>
    /// <exception cref="ToolException">The table cannot be read, or has no label, or the model cannot be trained on.</exception>
    public TrainingRequest Request(ParseResult parsed, ModelDescription model, CancellationToken cancellation)
    {
        if (model.Training.Shape == DGatingModelShape.AdditiveWithPairs)
        {
            throw ToolException.Usage("A model of --shape additive-with-pairs cannot be trained on: train anew without --continue.");
        }

        var file = TableFile.Open(parsed.GetRequiredValue(_data), Hints(parsed).Like(model.Source.Format));
        file.IndexOf(model.Label.Name);
        return new TrainingRequest
        {
            Table = TableProfile.Read(file, _reading.Read(parsed) with { Label = model.Label.Name }, cancellation),
            Label = model.Label,
            Weight = model.Weight,
            Columns = model.Columns,
            LeftOut = model.LeftOut,
            FeatureCount = model.Training.FeaturesAskedFor,
            Encoding = model.Training.Encoding,
            Shape = model.Training.Shape,
            Seed = parsed.GetValue(_seed),
            Device = DeviceOf(parsed.GetValue(_device)!),
            Objective = model.Objective,
            Threshold = model.Threshold,
        };
    }

    public string Label(ParseResult parsed) => parsed.GetRequiredValue(_label);

    public TableHints Hints(ParseResult parsed) => _table.Hints(parsed);

    private void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_features) is < 1 and { } features)
        {
            throw ToolException.Usage($"--features must be at least 1, but was {features}: leave it out to have the number chosen.");
        }

        if (ShapeOf(parsed) != DGatingModelShape.Interactions && parsed.GetValue(_encoding) == "embedding")
        {
            throw ToolException.Usage(
                $"--shape {parsed.GetValue(_shape)} has no --encoding embedding, above which features interact: leave one of them out.");
        }

        if (ShapeOf(parsed) == DGatingModelShape.AdditiveWithPairs && parsed.GetValue(_encoding) == "none")
        {
            throw ToolException.Usage(
                "--shape additive-with-pairs has no --encoding none, since pairs have the edges of curves: leave one of them out.");
        }

        string label = parsed.GetRequiredValue(_label);
        if (_columns.Read(parsed).Ignored.Contains(label) || parsed.GetValue(_weight) == label)
        {
            throw ToolException.Usage($"'{label}' is the label: it cannot be ignored, nor be the weight.");
        }
    }

    private static LearningTask? TaskOf(string word) => word switch
    {
        "binary" => LearningTask.Binary,
        "multiclass" => LearningTask.Multiclass,
        "regression" => LearningTask.Regression,
        _ => null,
    };

    private static DGatingNumericEncoding EncodingOf(string word) => word switch
    {
        "none" => DGatingNumericEncoding.None,
        "piecewise" => DGatingNumericEncoding.PiecewiseLinear,
        "embedding" => DGatingNumericEncoding.Embedding,
        _ => DGatingNumericEncoding.Auto,
    };

    private DGatingModelShape ShapeOf(ParseResult parsed) => parsed.GetValue(_shape) switch
    {
        "additive" => DGatingModelShape.Additive,
        "additive-with-pairs" => DGatingModelShape.AdditiveWithPairs,
        _ => DGatingModelShape.Interactions,
    };

    private static DGatingDevice DeviceOf(string word) => word switch
    {
        "cpu" => DGatingDevice.Cpu,
        "cuda" => DGatingDevice.Cuda,
        _ => DGatingDevice.Auto,
    };
}
