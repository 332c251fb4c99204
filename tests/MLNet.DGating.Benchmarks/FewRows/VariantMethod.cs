using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects with D-Gating and the options of a text such as "l2=0.1,noise=2,depth=2,hidden=16"; "defaults" changes none.</summary>
internal sealed class VariantMethod(string text, int threads) : ISelectionMethod
{
    public string Name => "D-Gating, " + text;

    public bool ChoosesCount => true;

    public FittedSelection Fit(MLContext context, SplitData data, int? count)
    {
        var options = new DGatingBinaryTrainer.Options
        {
            LabelColumnName = data.LabelColumn, MaximumFeatureCount = count is 0 ? null : count,
            NumberOfThreads = threads, Device = DGatingDevice.Cpu,
        };
        foreach (string[] option in text.Split(',').Where(part => part != "defaults").Select(part => part.Split('=')))
        {
            Set(options, option[0], double.Parse(option[1]));
        }

        BinaryPredictionTransformer<DGatingBinaryModelParameters> model =
            context.BinaryClassification.Trainers.DGating(options).Fit(data.Training);
        int[] selected = [.. model.Model.FeatureSelection.SelectedIndices];
        return new FittedSelection(model, selected.Length) { Selected = selected };
    }

    private static void Set(DGatingBinaryTrainer.Options options, string name, double value)
    {
        switch (name)
        {
            case "l2": options.L2Regularization = value; break;
            case "noise": options.InputNoise = value; break;
            case "depth": options.GateDepth = value; break;
            case "hidden": options.HiddenLayers = value == 0 ? [] : [(int)value]; break;
            case "refit": options.NumberOfRefitIterations = (int)value; break;
            case "dense": options.NumberOfDenseIterations = (int)value; break;
            case "growth": options.LambdaGrowth = value; break;
            case "screen": options.ScreenedFeatureCount = (int)value; break;
            case "runs": options.NumberOfRuns = (int)value; break;
            default: throw new ArgumentException($"There is no option '{name}' of a variant.");
        }
    }
}
