using CsCheck;
using MLNet.DGating.Scoring.Tests.Contract;
using MLNet.DGating.Scoring.Tests.Network;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating.Scoring.Tests.Export;

/// <summary>Tests that ML.NET's own converter takes the models, alone and with what stands before them.</summary>
public class ConvertToOnnxTests
{
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string> Tasks => ["binary", "multiclass", "regression"];

    [Theory, MemberData(nameof(Tasks))]
    public void AWholePipeline_ScoresTheSame(string task)
    {
        ContractRow[] rows = ContractRow.Create(200, seed: 1);
        ITransformer model = ContractTask.Get(task).Pipeline(_context).Fit(_context.Data.LoadFromEnumerable(rows));
        rows[4].Three = float.NaN;

        // The Binarizer that ML.NET makes the label with has ONNX Runtime refuse a score that is NaN.
        if (task != "binary")
        {
            rows[3].One = float.NaN;
        }

        IDataView view = _context.Data.LoadFromEnumerable(rows);
        Convert(model, view).AssertAgrees(OnnxResult.Of(model.Transform(view)));
    }

    [Fact]
    public void ThePredictedClass_IsANameAgain_WithMapKeyToValue()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(ContractRow.Create(200, seed: 1));
        TransformerChain<KeyToValueMappingTransformer> model = ContractTask.Get("multiclass").Pipeline(_context)
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows);
        using var stream = new MemoryStream();
        _context.Model.ConvertToOnnx(model, rows, stream, "PredictedLabel");
        stream.Position = 0;
        IDataView scored = _context.Transforms.ApplyOnnxModel(stream).Fit(rows).Transform(rows);
        Assert.Equal(
            model.Transform(rows).GetColumn<string>("PredictedLabel"),
            scored.GetColumn<ReadOnlyMemory<char>[]>("PredictedLabel").Select(name => name[0].ToString()));
    }

    [Fact]
    public void AnyNetwork_ScoresTheSame_InEveryOpsetThatIsTaken() =>
        Gen.Select(Networks.OfAnyEncoding, Gen.Int[NetworkGraph.OldestOpset, 12]).Sample(
            (network, opset) =>
            {
                var random = new Random(3);
                float[][] rows = [.. Enumerable.Range(0, 5).Select(_ => Networks.Row(random, network.Inputs.SlotCount))];
                foreach (string task in OnnxCase.TasksOf(network))
                {
                    var model = OnnxCase.Create(network, task);
                    Convert(model.Transformer, model.View(rows), opset).AssertAgrees(model.Predict(rows));
                }
            },
            iter: 40);

    [Fact]
    public void AnOpsetThatIsTooOld_IsRefused_WithTheOneThatIsNeeded()
    {
        var model = OnnxCase.Create(Networks.Create(new Random(1), 5, 1, 1, skip: false, DGatingActivation.Relu), "regression");
        IDataView rows = model.View([[1, 2, 3, 4, 5]]);
        Exception error = Assert.ThrowsAny<ArgumentException>(
            () => _context.Model.ConvertToOnnx(model.Transformer, rows, NetworkGraph.OldestOpset - 1, Stream.Null));
        Assert.Contains("D-Gating's minimum OpSet version requirement: 11", error.Message, StringComparison.Ordinal);
    }

    private OnnxResult Convert(ITransformer model, IDataView rows, int opset = 12)
    {
        using var stream = new MemoryStream();
        _context.Model.ConvertToOnnx(model, rows, opset, stream);
        stream.Position = 0;
        return OnnxResult.Of(_context.Transforms.ApplyOnnxModel(stream).Fit(rows).Transform(rows));
    }
}
