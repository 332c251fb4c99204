using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating.Scoring.Tests.Pruning;

/// <summary>A random chain of ML.NET's transforms on <see cref="MixedRow"/>, and what each slot of its features is made of.</summary>
internal sealed class RandomChain
{
    private readonly MLContext _context;
    private readonly Random _random;
    private readonly bool _isForOnnx;
    private readonly List<IEstimator<ITransformer>> _steps = [];
    private readonly List<(string Part, string Source)> _parts = [];

    private RandomChain(MLContext context, int seed, bool isForOnnx)
    {
        _context = context;
        _random = new Random(seed);
        _isForOnnx = isForOnnx;
    }

    private TransformsCatalog Transforms => _context.Transforms;

    /// <summary>The fitted chain, up to a column Features.</summary>
    public required ITransformer Model { get; init; }

    /// <summary>For each slot of Features the column of the rows that it is made of.</summary>
    public required string[] SourceOfSlot { get; init; }

    public static RandomChain Create(MLContext context, IDataView rows, int seed, bool isForOnnx = false)
    {
        var chain = new RandomChain(context, seed, isForOnnx) { Model = null!, SourceOfSlot = [] };
        return chain.Fit(rows);
    }

    private RandomChain Fit(IDataView rows)
    {
        _steps.Add(Transforms.Conversion.MapValueToKey(nameof(MixedRow.Kind)));
        AddNumbers();
        AddCategories();
        AddOthers();
        AddConcatenation();
        ITransformer model = Fit(rows, _steps);
        DataViewSchema schema = model.GetOutputSchema(rows.Schema);
        string[] sources = [.. _parts.SelectMany(part => Enumerable.Repeat(part.Source, SizeOf(schema, part.Part)))];
        return Finish(rows, model, sources);
    }

    private void AddNumbers()
    {
        string[] numbers = Some(MixedRow.Numbers);
        string[] indicated = Some(numbers);
        if (indicated.Length > 0)
        {
            InputOutputColumnPair[] flags = [.. indicated.Select(number => new InputOutputColumnPair(number + ".missing", number))];
            _steps.Add(Transforms.IndicateMissingValues(flags));
            _steps.Add(Transforms.Conversion.ConvertType([.. flags.Select(flag => new InputOutputColumnPair(flag.OutputColumnName))]));
            _parts.AddRange(indicated.Select(number => (number + ".missing", number)));
        }

        if (numbers.Length == 0)
        {
            return;
        }

        _steps.Add(Transforms.ReplaceMissingValues(
            [.. numbers.Select(number => new InputOutputColumnPair(number))], MissingValueReplacingEstimator.ReplacementMode.Mean));
        if (Coin())
        {
            _steps.Add(Transforms.NormalizeMeanVariance([.. numbers.Select(number => new InputOutputColumnPair(number))]));
        }

        if (Coin())
        {
            string number = numbers[_random.Next(numbers.Length)];
            _steps.Add(Transforms.CopyColumns("Copy", number));
            _parts.Add(("Copy", number));
            if (!_isForOnnx)
            {
                _steps.Add(Transforms.Expression("Twice", "x => x * 2", "Copy"));
                _parts.Add(("Twice", number));
            }
        }

        _parts.AddRange(numbers.Select(number => (number, number)));
    }

    private void AddCategories()
    {
        string[] encoded = Some(MixedRow.Categories);
        if (encoded.Length > 0)
        {
            _steps.Add(Transforms.Categorical.TargetEncode(
                [.. encoded.Select(category => new InputOutputColumnPair(category + ".mean", category))], nameof(MixedRow.Kind)));
            _parts.AddRange(encoded.Select(category => (category + ".mean", category)));
        }

        string[] categories = Some(MixedRow.Categories), hashed = Some([.. MixedRow.Categories.Except(categories)]);
        if (categories.Length > 0)
        {
            _steps.Add(Transforms.Categorical.OneHotEncoding(
                [.. categories.Select(category => new InputOutputColumnPair(category + ".hot", category))]));
            _parts.AddRange(categories.Select(category => (category + ".hot", category)));
        }

        if (hashed.Length > 0)
        {
            _steps.Add(Transforms.Categorical.OneHotHashEncoding(
                [.. hashed.Select(category => new InputOutputColumnPair(category))], numberOfBits: 3));
            _parts.AddRange(hashed.Select(category => (category, category)));
        }
    }

    private void AddOthers()
    {
        if (Coin())
        {
            _steps.Add(Transforms.Text.FeaturizeText("Words", new TextFeaturizingEstimator.Options
            {
                CharFeatureExtractor = _isForOnnx || Coin() ? null : new WordBagEstimator.Options { NgramLength = 2 },
                StopWordsRemoverOptions = _isForOnnx || Coin() ? null : new StopWordsRemovingEstimator.Options(),
            }, nameof(MixedRow.Sentence)));
            _parts.Add(("Words", nameof(MixedRow.Sentence)));
        }

        if (Coin())
        {
            _steps.Add(Transforms.ReplaceMissingValues(
                nameof(MixedRow.V), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean));
            _parts.Add((nameof(MixedRow.V), nameof(MixedRow.V)));
        }

        if (Coin() && !_isForOnnx)
        {
            _steps.Add(Transforms.Categorical.OneHotEncoding("Pair.hot", nameof(MixedRow.Pair),
                Coin() ? OneHotEncodingEstimator.OutputKind.Indicator : OneHotEncodingEstimator.OutputKind.Bag));
            _parts.Add(("Pair.hot", nameof(MixedRow.Pair)));
        }

        if (Coin() || _parts.Count == 0)
        {
            _steps.Add(Transforms.ReplaceMissingValues(nameof(MixedRow.Wide)));
            _steps.Add(Transforms.Conversion.ConvertType(nameof(MixedRow.Wide), outputKind: DataKind.Single));
            _parts.Add((nameof(MixedRow.Wide), nameof(MixedRow.Wide)));
        }
    }

    private void AddConcatenation()
    {
        (string Part, string Source)[] parts = [.. _parts.OrderBy(_ => _random.Next())];
        _parts.Clear();
        _parts.AddRange(parts);
        string[] names = Array.ConvertAll(parts, part => part.Part);
        if (names.Length > 2 && Coin())
        {
            // Concatenated in two steps, with a vector of some inside the vector of all.
            int count = _random.Next(1, names.Length);
            _steps.Add(Transforms.Concatenate("Inner", names[..count]));
            names = ["Inner", .. names[count..]];
        }

        _steps.Add(Transforms.Concatenate("Features", names));
    }

    private RandomChain Finish(IDataView rows, ITransformer model, string[] sources)
    {
        var steps = new List<ITransformer> { model };
        int kind = _random.Next(_isForOnnx ? 3 : 7);
        IEstimator<ITransformer>? last = kind switch
        {
            1 => Transforms.NormalizeMinMax("Features"),
            2 => Transforms.NormalizeMeanVariance("Features", fixZero: false),
            3 => Transforms.NormalizeBinning("Features", maximumBinCount: 4),
            4 => Transforms.NormalizeLogMeanVariance("Features"),
            5 => Transforms.ReplaceMissingValues("Features", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Maximum),
            _ => null,
        };
        if (last is not null)
        {
            steps.Add(last.Fit(model.Transform(rows)));
        }

        if (Coin() && sources.Length > 1)
        {
            bool[] keep = [.. sources.Select(_ => _random.Next(4) > 0)];
            keep[_random.Next(keep.Length)] = true;
            steps.Add(SlotSelection.Create(_context, "Features", "Features", keep));
            sources = [.. sources.Where((_, slot) => keep[slot])];
        }

        if (Coin() && !_isForOnnx)
        {
            IDataView featurized = steps.Aggregate(rows, (view, step) => step.Transform(view));
            steps.Add(Coin()
                ? Transforms.DropColumns([.. rows.Schema.Select(column => column.Name).Take(3)]).Fit(featurized)
                : Transforms.SelectColumns("Features", nameof(MixedRow.Kind)).Fit(featurized));
        }

        return new RandomChain(_context, 0, _isForOnnx) { Model = new TransformerChain<ITransformer>([.. steps]), SourceOfSlot = sources };
    }

    private static ITransformer Fit(IDataView rows, List<IEstimator<ITransformer>> steps) =>
        steps.Skip(1).Aggregate(steps[0], (chain, step) => chain.Append(step)).Fit(rows);

    private static int SizeOf(DataViewSchema schema, string column) => schema[column].Type is VectorDataViewType vector ? vector.Size : 1;

    private bool Coin() => _random.Next(2) == 0;

    private string[] Some(string[] columns) => [.. columns.Where(_ => Coin())];
}
