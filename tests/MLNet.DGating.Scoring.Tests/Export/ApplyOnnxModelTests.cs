using MLNet.DGating.Scoring.Tests.Network;
using Microsoft.ML;

namespace MLNet.DGating.Scoring.Tests.Export;

/// <summary>Tests that ML.NET reads the model's own file back.</summary>
public class ApplyOnnxModelTests
{
    public static TheoryData<string> Tasks => ["binary", "multiclass", "regression"];

    [Theory, MemberData(nameof(Tasks))]
    public void ApplyOnnxModel_ScoresTheSame(string task)
    {
        var random = new Random(2);
        int outputs = task == "multiclass" ? 3 : 1;
        CollapsedNetwork network = Networks.Create(
            random, slotCount: 9, hiddenCount: 2, outputs, skip: true, DGatingActivation.Tanh, selectedCount: 4, width: 16);
        var model = OnnxCase.Create(network, task);
        float[][] rows = [.. Enumerable.Range(0, 100).Select(_ => Networks.Row(random, 9))];
        rows[7][model.Report.SelectedIndices[1]] = float.NaN;

        using var stream = new MemoryStream(model.ToBytes());
        IDataView view = model.View(rows);
        IDataView scored = new MLContext().Transforms.ApplyOnnxModel(stream).Fit(view).Transform(view);
        OnnxResult.Of(scored).AssertAgrees(model.Predict(rows));
    }
}
