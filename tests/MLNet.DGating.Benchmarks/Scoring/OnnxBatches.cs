using Microsoft.ML.OnnxRuntime;

namespace MLNet.DGating.Benchmarks;

/// <summary>Scores batches of one size with ONNX Runtime, on one thread and without ML.NET. Its tensors are made once.</summary>
internal sealed class OnnxBatches : IDisposable
{
    private readonly SessionOptions _options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;
    private readonly OrtValue _input;
    private readonly float[] _features;

    public OnnxBatches(byte[] model, int rows)
    {
        _session = new InferenceSession(model, _options);
        _features = new float[rows * ScoringCase.Slots];
        _input = OrtValue.CreateTensorValueFromMemory(_features, [rows, ScoringCase.Slots]);
        Rows = rows;
    }

    public int Rows { get; }

    /// <summary>Copies the rows from <paramref name="first"/> on, scores them and gives the first score.</summary>
    public float Score(ScoringCase.Row[] rows, int first)
    {
        for (int i = 0; i < Rows; i++)
        {
            rows[first + i].Features.CopyTo(_features, i * ScoringCase.Slots);
        }

        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_run, ["Features"], [_input], ["Score"]);
        return outputs[0].GetTensorDataAsSpan<float>()[0];
    }

    public void Dispose()
    {
        _input.Dispose();
        _session.Dispose();
        _run.Dispose();
        _options.Dispose();
    }
}
