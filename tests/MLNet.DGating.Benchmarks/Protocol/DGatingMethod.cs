using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects with D-Gating, with default settings except for those on the command line.</summary>
internal sealed class DGatingMethod(Arguments arguments) : ISelectionMethod
{
    public string Name => "D-Gating";

    public bool ChoosesCount => true;

    public FittedSelection Fit(MLContext context, SplitData data, int? count)
    {
        if (data.Classes == 2)
        {
            DGatingBinaryTrainer.Options binaryOptions = Set(new DGatingBinaryTrainer.Options(), data, count);
            BinaryPredictionTransformer<DGatingBinaryModelParameters> binary =
                context.BinaryClassification.Trainers.DGating(binaryOptions).Fit(data.Training);
            return new FittedSelection(binary, binary.Model.FeatureSelection.SelectedIndices.Count);
        }

        DGatingMulticlassTrainer.Options options = Set(new DGatingMulticlassTrainer.Options(), data, count);
        MulticlassPredictionTransformer<DGatingMulticlassModelParameters> multiclass =
            context.MulticlassClassification.Trainers.DGating(options).Fit(data.Training);
        return new FittedSelection(multiclass, multiclass.Model.FeatureSelection.SelectedIndices.Count);
    }

    private TOptions Set<TOptions>(TOptions options, SplitData data, int? count)
        where TOptions : DGatingTrainerOptions
    {
        options.LabelColumnName = data.LabelColumn;
        options.MaximumFeatureCount = count;
        options.NumberOfThreads = arguments.Threads;
        options.InputNoise = arguments.Number("noise");
        options.RowPrecision = arguments.Text("storage", "full") == "half" ? DGatingRowPrecision.Half : DGatingRowPrecision.Full;
        options.NumberOfRuns = arguments.Integer("runs", DGatingDefaults.NumberOfRuns);
        options.EnsembleSize = arguments.Integer("members", DGatingDefaults.EnsembleSize);
        return options;
    }
}
