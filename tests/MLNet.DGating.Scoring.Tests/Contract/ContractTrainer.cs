using MLNet.DGating.Model;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating.Scoring.Tests.Contract;

/// <summary>A least trainer: it standardizes, takes the covariance of each slot with the label as its weight, and drops slot 2.</summary>
/// <remarks>It derives from ML.NET's internal base, as the library's trainers do.</remarks>
internal abstract class ContractTrainer<TTransformer, TModel>(IHostEnvironment env, string name, SchemaShape.Column label)
    : TrainerEstimatorBase<TTransformer, TModel>(env.Register(name), TrainerUtils.MakeR4VecFeature("Features"), label)
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public override TrainerInfo Info { get; } = new(normalization: true, calibration: false, caching: false, supportValid: true);

    protected sealed override TModel TrainModelCore(TrainContext trainContext)
    {
        RoleMappedData data = trainContext.TrainingSet;
        var rows = new List<float[]>();
        var labels = new List<float>();
        using (var cursor = new FloatLabelCursor(data, CursOpt.Features | CursOpt.Label))
        {
            while (cursor.MoveNext())
            {
                rows.Add(cursor.Features.DenseValues().ToArray());
                labels.Add(cursor.Label);
            }
        }

        DataViewSchema.Column features = data.Schema.Feature!.Value;
        var report = new Report(features.Name, SlotMetadata.Read(features, data.Schema.Schema));
        return CreateModel(rows, labels, report, data.Schema.Label!.Value.Type);
    }

    protected abstract TModel CreateModel(List<float[]> rows, List<float> labels, Report report, DataViewType labelType);

    protected static SchemaShape.Column Column(
        string name, SchemaShape.Column.VectorKind kind, DataViewType type, bool isKey, IEnumerable<SchemaShape.Column> annotations) =>
        new(name, kind, type, isKey, new SchemaShape(annotations));

    protected static SchemaShape.Column Scalar(string name, DataViewType type, bool isNormalized = false) =>
        Column(name, SchemaShape.Column.VectorKind.Scalar, type, isKey: false, AnnotationUtils.GetTrainerOutputAnnotation(isNormalized));

    /// <summary>Fits a linear network with one output for each target, and reports on it.</summary>
    protected static (CollapsedNetwork, FeatureSelectionReport, DGatingPathPoint[]) Fit(
        List<float[]> rows, List<float[]> targets, float scale, Report report)
    {
        int slotCount = rows[0].Length, outputs = targets.Count;
        int[] selected = [.. Enumerable.Range(0, slotCount).Where(slot => slot != 2)];
        float[] mean = [.. selected.Select(slot => rows.Average(row => row[slot]))];
        float[] inverse =
            [.. selected.Select((slot, i) => 1 / MathF.Sqrt(rows.Average(row => (row[slot] - mean[i]) * (row[slot] - mean[i]))))];
        float[] bias = [.. targets.Select(target => target.Average())];
        float[] weights = [.. selected.SelectMany((slot, i) => targets.Select((target, t) =>
            scale * rows.Select((row, n) => (row[slot] - mean[i]) * inverse[i] * (target[n] - bias[t])).Average()))];

        var inputs = new SelectedInputs(slotCount, selected, InputEncoding.Standardization(mean, inverse, 10));
        var output = new DenseLayer(selected.Length, outputs, weights, bias);
        var network = new CollapsedNetwork(inputs, [], DGatingActivation.Relu, output);
        var data = new SelectionData
        {
            FeatureColumnName = report.Column,
            SlotCount = slotCount,
            Metadata = report.Metadata,
            Groups = SelectionData.GroupPerSlot(slotCount),
            LambdaOut = [.. Enumerable.Range(0, slotCount).Select(slot => slot == 2 ? 0.25 : double.PositiveInfinity)],
            SelectedSlots = selected,
            Importance = network.InputNorms(),
        };
        DGatingPathPoint start = new() { Lambda = 0, FeatureCount = slotCount, TrainingLoss = 0.5, ValidationLoss = double.NaN };
        DGatingPathPoint end = start with { Lambda = 0.25, FeatureCount = selected.Length, ValidationLoss = 0.6 };
        return (network, new FeatureSelectionReport(data), [start, end]);
    }

    protected sealed record Report(string Column, SlotMetadata Metadata);
}
