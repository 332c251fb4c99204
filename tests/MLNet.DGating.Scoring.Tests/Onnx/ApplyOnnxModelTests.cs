using Microsoft.ML;

namespace MLNet.DGating.Scoring.Tests;

/// <summary>ML.NET reads the model's own file back.</summary>
public class ApplyOnnxModelTests
{
    public static TheoryData<string> Tasks => ["binary", "multiclass", "regression"];

    [Theory, MemberData(nameof(Tasks))]
    public void ApplyOnnxModel_ScoresTheSame(string task)
    {
        var random = new Random(2);
        OnnxCase model = OnnxCase.Create(Networks.Create(
            random, slotCount: 9, hiddenCount: 2, task == "multiclass" ? 3 : 1, skip: true, DGatingActivation.Tanh, selectedCount: 4, width: 16), task);
        float[][] rows = [.. Enumerable.Range(0, 100).Select(_ => Networks.Row(random, 9))];
        rows[7][model.Report.SelectedIndices[1]] = float.NaN;

        using var stream = new MemoryStream(model.ToBytes());
        IDataView view = model.View(rows);
        OnnxResult.Of(new MLContext().Transforms.ApplyOnnxModel(stream).Fit(view).Transform(view)).AssertAgrees(model.Predict(rows));
    }
}
