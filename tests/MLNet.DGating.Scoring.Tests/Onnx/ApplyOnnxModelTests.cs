using Microsoft.ML;

namespace MLNet.DGating.Scoring.Tests;

/// <summary>ML.NET reads the files back.</summary>
public class ApplyOnnxModelTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Tasks => ["binary", "multiclass", "regression"];

    [Theory, MemberData(nameof(Tasks))]
    public void ApplyOnnxModel_OfAModel_ScoresTheSame(string task)
    {
        var random = new Random(2);
        CollapsedNetwork network = Networks.Create(
            random, slotCount: 9, hiddenCount: 2, task == "multiclass" ? 3 : 1, skip: true, DGatingActivation.Tanh, selectedCount: 4, width: 16);
        OnnxCase model = OnnxCase.Create(network, task);
        float[][] rows = [.. Enumerable.Range(0, 100).Select(_ => Networks.Row(random, 9))];
        rows[7][network.Inputs.Slots[1]] = float.NaN;

        using var stream = new MemoryStream(model.ToBytes());
        IDataView view = OnnxCase.View(_context, "Features", 9, rows);
        OnnxResult.Of(_context.Transforms.ApplyOnnxModel(stream).Fit(view).Transform(view)).AssertAgrees(model.Predict(rows));
    }

    [Theory, MemberData(nameof(Tasks))]
    public void ConvertToOnnx_OfAWholePipeline_ScoresTheSame(string task)
    {
        IDataView rows = _context.Data.LoadFromEnumerable(ContractRow.Create(200, seed: 1));
        ITransformer model = ContractTask.Get(task).Pipeline(_context).Fit(rows);
        using var stream = new MemoryStream();
        _context.Model.ConvertToOnnx(model, rows, stream);
        stream.Position = 0;

        // ML.NET's converter names the outputs after the columns, with a suffix.
        IDataView scored = _context.Transforms.ApplyOnnxModel(stream).Fit(rows).Transform(rows);
        string[] columns = [.. ((string[])["Score", "Probability", "PredictedLabel"]).Where(name => scored.Schema.GetColumnOrNull($"{name}.output") is not null)];
        IDataView renamed = _context.Transforms.CopyColumns([.. columns.Select(name => new InputOutputColumnPair(name, $"{name}.output"))])
            .Fit(scored).Transform(scored);
        OnnxResult.Of(renamed).AssertAgrees(OnnxResult.Of(model.Transform(rows)));
    }

    [Fact]
    public void ConvertToOnnx_ForAnOpsetThatIsTooOld_SaysWhichIsNeeded()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(ContractRow.Create(200, seed: 1));
        ITransformer model = ContractTask.Get("regression").Pipeline(_context).Fit(rows);
        Exception error = Assert.ThrowsAny<ArgumentException>(() => _context.Model.ConvertToOnnx(model, rows, 10, Stream.Null));
        Assert.Contains("11", error.Message, StringComparison.Ordinal);
    }
}
