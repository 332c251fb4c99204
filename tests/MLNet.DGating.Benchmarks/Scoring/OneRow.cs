using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>One row's latency and what it allocates, measured by BenchmarkDotNet in this process: its own projects would have to be restored.</summary>
public class OneRow : IDisposable
{
    private static ScoringCase? s_case;
    private static ScoringPeers? s_peers;

    private readonly float[] _scores = new float[ScoringCase.Classes];
    private readonly ScoringCase.Row _row = s_case!.Inputs[0];
    private readonly CollapsedNetwork.Scratch _scratch = s_case!.Network.CreateScratch();
    private readonly PredictionEngine<ScoringCase.Row, Prediction> _ours = Engine(s_case!.Model);
    private readonly PredictionEngine<ScoringCase.Row, Prediction> _fastTree = Engine(s_peers!.FastTree);
    private readonly PredictionEngine<ScoringCase.Row, Prediction> _lightGbm = Engine(s_peers!.LightGbm);
    private readonly PredictionEngine<ScoringCase.Row, Prediction> _onnx = Engine(s_peers!.Onnx);
    private readonly OnnxBatches _session = new(s_peers!.OnnxBytes, rows: 1);

    internal static void Run(ScoringCase test, ScoringPeers peers)
    {
        (s_case, s_peers) = (test, peers);
        DirectoryInfo artifacts = Directory.CreateTempSubdirectory("dgating-benchmarks");
        try
        {
            IConfig config = ManualConfig.CreateEmpty()
                .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
                .AddLogger(NullLogger.Instance)
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .AddDiagnoser(MemoryDiagnoser.Default)
                .WithOptions(ConfigOptions.DisableLogFile)
                .WithArtifactsPath(artifacts.FullName);
            MarkdownExporter.GitHub.ExportToLog(BenchmarkRunner.Run<OneRow>(config), ConsoleLogger.Unicode);
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }

    /// <summary>Ours, without ML.NET.</summary>
    [Benchmark(Baseline = true)]
    public float DGatingSpans()
    {
        s_case!.Network.Score(_row.Features, _scores, _scratch);
        return _scores[0];
    }

    /// <summary>Ours, as users predict a row.</summary>
    [Benchmark]
    public float DGatingEngine() => _ours.Predict(_row).Score[0];

    /// <summary>Ten models of 100 trees.</summary>
    [Benchmark]
    public float FastTreeEngine() => _fastTree.Predict(_row).Score[0];

    /// <summary>One model of 1,000 trees.</summary>
    [Benchmark]
    public float LightGbmEngine() => _lightGbm.Predict(_row).Score[0];

    /// <summary>Our model's ONNX file through ML.NET.</summary>
    [Benchmark]
    public float OnnxEngine() => _onnx.Predict(_row).Score[0];

    /// <summary>Our model's ONNX file.</summary>
    [Benchmark]
    public float OnnxSession() => _session.Score(s_case!.Inputs, 0);

    /// <summary>After the last measurement of a benchmark.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        foreach (IDisposable used in new IDisposable[] { _ours, _fastTree, _lightGbm, _onnx, _session })
        {
            used.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    private static PredictionEngine<ScoringCase.Row, Prediction> Engine(ITransformer model) =>
        s_case!.Context.Model.CreatePredictionEngine<ScoringCase.Row, Prediction>(model, new PredictionEngineOptions { OwnsTransformer = false });

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
