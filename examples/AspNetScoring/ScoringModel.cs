using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating;

namespace AspNetScoring;

/// <summary>A loaded model and a pool of its prediction engines, which are not thread-safe: each serves one request at a time.</summary>
internal sealed class ScoringModel : IDisposable
{
    private readonly MLContext _mlContext = new();
    private readonly ITransformer _transformer;
    private readonly SchemaDefinition _input;
    private readonly ConcurrentBag<PredictionEngine<Input, Output>> _idle = [];

    public ScoringModel(string path)
    {
        _transformer = _mlContext.Model.Load(path, out _);
        FeatureSelection = Find(_transformer)?.FeatureSelection
            ?? throw new InvalidDataException($"{path} holds no multiclass model of D-Gating. "
                + $"Train one, or make a new one with {Training.Argument}.");

        // How many features there are, and what their column is called, is known only now.
        _input = SchemaDefinition.Create(typeof(Input));
        _input[nameof(Input.Features)].ColumnName = FeatureSelection.FeatureColumnName;
        _input[nameof(Input.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, FeatureSelection.Support.Count);

        PredictionEngine<Input, Output> first = CreateEngine();
        VBuffer<ReadOnlyMemory<char>> names = default;
        first.OutputSchema["Score"].GetSlotNames(ref names);
        Classes = [.. names.DenseValues().Select(name => name.ToString())];
        _idle.Add(first);
    }

    public FeatureSelectionReport FeatureSelection { get; }

    /// <summary>Names of the classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The probability of each class. Any number of threads may call it at once.</summary>
    public float[] Predict(float[] features)
    {
        PredictionEngine<Input, Output> engine = _idle.TryTake(out PredictionEngine<Input, Output>? idle) ? idle : CreateEngine();
        try
        {
            return engine.Predict(new Input { Features = features }).Score;
        }
        finally
        {
            _idle.Add(engine);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out PredictionEngine<Input, Output>? engine))
        {
            engine.Dispose();
        }
    }

    private PredictionEngine<Input, Output> CreateEngine() =>
        _mlContext.Model.CreatePredictionEngine<Input, Output>(_transformer, inputSchemaDefinition: _input);

    private static DGatingMulticlassModelParameters? Find(ITransformer transformer) =>
        (transformer as IEnumerable<ITransformer> ?? [transformer]).OfType<ISingleFeaturePredictionTransformer<object>>()
            .Select(predictor => predictor.Model).OfType<DGatingMulticlassModelParameters>().FirstOrDefault();

    private sealed class Input
    {
        public float[] Features { get; set; } = [];
    }

    private sealed class Output
    {
        public float[] Score { get; set; } = [];
    }
}
