using System.Globalization;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

namespace MLNet.DGating;

/// <summary>Reads rows from ML.NET's cursors, with slots in the order of the groups.</summary>
/// <remarks>A uniform sample of dense rows is kept where they do not fit in the memory.</remarks>
internal sealed class RowReader
{
    // The random stream of samples differs from those of fits.
    private const int SampleStream = 510;

    private readonly IHost _host;
    private readonly IChannel _channel;
    private readonly SlotOrder _order;
    private readonly RowMemory _memory;
    private readonly FeatureCollector _features;
    private readonly List<float> _labels = [];
    private readonly int _slots;
    private readonly float[] _row;
    private List<float>? _weights;
    private RoleMappedData? _training;
    private RowSample? _sample;
    private SamplingKeys? _keys;
    private bool _hasMissing;
    private int _trainingRows;

    /// <param name="host">Throws user errors.</param>
    /// <param name="channel">Takes warnings and messages.</param>
    /// <param name="slots">The number of slots of the feature column.</param>
    /// <param name="use">The slots to read.</param>
    /// <param name="memory">The memory that rows may take.</param>
    /// <param name="mayBeSparse">Whether rows may be kept sparse; only where all slots are read.</param>
    public RowReader(IHost host, IChannel channel, int slots, SlotUse use, RowMemory memory, bool mayBeSparse)
    {
        int columns = use.Read.Length;
        _host = host;
        _channel = channel;
        _memory = memory;
        _slots = slots;
        _order = new SlotOrder(slots, use.Read);
        _row = new float[columns];
        _features = new FeatureCollector(columns, mayBeSparse, () => memory.NewMatrix(columns));
    }

    /// <summary>The rule that labels must fulfil; null where every number is one.</summary>
    public LabelRule? LabelRule { get; set; }

    /// <summary>Whether rows with missing features are kept; else they are skipped.</summary>
    public bool KeepsMissing { get; set; }

    /// <summary>Whether there may be no rows, as in the shard of a rank.</summary>
    public bool MayBeEmpty { get; set; }

    /// <summary>Reads the usable rows of some data, which must be at least one, unless there may be none.</summary>
    /// <remarks>Unusable rows are skipped with ML.NET's own warning. The training rows must be read first.</remarks>
    /// <param name="data">The data to read.</param>
    /// <param name="purpose">The purpose of the data for messages: "training" or "validation".</param>
    /// <param name="checkAlive">Called for every row; throws to cancel.</param>
    /// <param name="share">The share of the memory that these rows may take.</param>
    /// <param name="keys">Takes the sampling keys of the rows kept; null for none.</param>
    public void Read(RoleMappedData data, string purpose, Action checkAlive, double share = 1, SamplingKeys? keys = null)
    {
        int before = _features.Rows;
        bool isTraining = _training is null;
        // Sparse rows are all kept: they take little memory, and how much is only known after reading them.
        var sample = new RowSample(Array.MaxLength, new RandomStream(_memory.Seed, SampleStream + (isTraining ? 0 : 1)));
        if (data.Schema.Weight.HasValue)
        {
            // Either all data of a trainer have the column, or none.
            _weights ??= [];
        }

        bool isSampled = _sample?.Positions is not null;
        long skipped = 0, zeroWeights = 0;
        using FloatLabelCursor cursor = Open(data, keys is null ? [] : [keys.Column.Index]);
        Action<int>? readKey = keys?.Reader(cursor.Row);
        while (cursor.MoveNext())
        {
            RowContent content = KeepsMissing ? RowContents.Of(in cursor.Features) : RowContent.Complete;
            if (content == RowContent.HasInfinite)
            {
                skipped++;
                continue;
            }

            if (cursor.Weight < 0)
            {
                throw _host.ExceptUserArg(nameof(DGatingTrainerOptions.ExampleWeightColumnName), string.Create(CultureInfo.InvariantCulture,
                    $"Row {cursor.Row.Position} has the weight {cursor.Weight} in column '{data.Schema.Weight?.Name}'; " +
                    $"weights must be at least 0."));
            }

            if (LabelRule is { } rule && float.IsFinite(cursor.Label) && !rule.Allows(cursor.Label))
            {
                throw _host.ExceptUserArg(nameof(DGatingTrainerOptions.LabelColumnName), string.Create(CultureInfo.InvariantCulture,
                    $"Row {cursor.Row.Position} of the {purpose} data has the label {cursor.Label} in column " +
                    $"'{data.Schema.Label?.Name}', but labels must be {rule.Words} where logarithms are learned. " +
                    $"Use another loss, without a target transform."));
            }

            if (!float.IsFinite(cursor.Weight))
            {
                skipped++;
                continue;
            }

            if (cursor.Weight == 0)
            {
                zeroWeights++;
                continue;
            }

            _hasMissing |= content == RowContent.HasMissing;
            if (!_features.IsSparse)
            {
                sample.Limit(_memory.Rows(isSampled ? share * _memory.ShareOfSample : share, _row.Length));
            }

            if (sample.Next() is int place)
            {
                Keep(cursor, before + place);
                readKey?.Invoke(before + place);
            }

            checkAlive();
        }

        skipped += cursor.SkippedRowCount;
        if (skipped > 0)
        {
            _channel.Warning("Skipped {0} instances with missing features/label/weight during {1}", skipped, purpose);
        }

        if (sample.Rows == 0 && !MayBeEmpty)
        {
            // Where rows were skipped the message is ML.NET's own, so that a search for it finds the answer.
            throw _host.Except($"No valid {purpose} instances found" + (skipped > 0
                ? ", all instances have missing features. A missing label or weight counts as well: replace missing values first."
                : zeroWeights > 0 ? $": all {zeroWeights} rows have the weight 0 in column '{data.Schema.Weight?.Name}'."
                : $": the {purpose} data has no rows."));
        }

        if (isTraining)
        {
            (_training, _sample, _keys) = (data, sample, keys);
            Thin(sample, _memory.Rows(share * _memory.ShareOfSample, _row.Length));
            _trainingRows = sample.Kept;
        }
        else if (sample.Positions is not null)
        {
            _channel.Info(string.Create(CultureInfo.InvariantCulture,
                $"Of {sample.Rows} {purpose} rows a uniform sample of {sample.Kept} is used: " +
                $"more do not fit in the memory that rows may take."));
        }
    }

    /// <summary>Gives the rows that were kept.</summary>
    public ReadRows Rows() => new(_features.ToMatrix(), [.. _labels], _weights?.ToArray(), _trainingRows)
    {
        KeepsMissing = KeepsMissing,
        HasMissing = _hasMissing,
        IsSample = _sample?.Positions is not null,
        Stream = Stream,
    };

    private RowStream? Stream(SlotInputs inputs, Func<float, float> targetOf, Func<float, float> factorOf)
    {
        if (_sample?.Positions is not { } positions)
        {
            return null;
        }

        return new RowStream(_sample.Rows, positions, () =>
        {
            FloatLabelCursor cursor = Open(_training!, _keys is null ? [] : [_keys.Column.Index]);
            return new RowPass(cursor, inputs, _slots, targetOf, factorOf, _keys?.BlockReader(cursor.Row));
        });
    }

    // Makes room for the pools of runs where not all rows are kept.
    private void Thin(RowSample sample, int rows)
    {
        if (sample.Positions is null || rows >= sample.Kept)
        {
            return;
        }

        int[] places = sample.Thin(rows);
        _features.KeepRows(places);
        Keep(_labels);
        _keys?.KeepRows(places);
        if (_weights is not null)
        {
            Keep(_weights);
        }

        void Keep(List<float> values)
        {
            float[] kept = Array.ConvertAll(places, place => values[place]);
            values.Clear();
            values.AddRange(kept);
        }
    }

    private void Keep(FloatLabelCursor cursor, int place)
    {
        bool isNew = place == _features.Rows;
        if (_features.IsSparse)
        {
            _features.Add(cursor.Features.GetValues(), cursor.Features.IsDense ? [] : cursor.Features.GetIndices(), _order.ColumnOfSlot);
        }
        else
        {
            _order.Place(cursor.Features, _row);
            _features.Put(place, _row);
        }

        if (isNew)
        {
            _labels.Add(cursor.Label);
            _weights?.Add(cursor.Weight);
        }
        else
        {
            _labels[place] = cursor.Label;
            if (_weights is not null)
            {
                _weights[place] = cursor.Weight;
            }
        }
    }

    // ML.NET's cursor skips rows with weights of 0 or less as missing. Here they are read: 0 is allowed, and less is an error.
    private FloatLabelCursor Open(RoleMappedData data, int[] furtherColumns)
    {
        CursOpt label = data.Schema.Label.HasValue ? CursOpt.Label : 0;
        CursOpt features = KeepsMissing ? CursOpt.Features | CursOpt.AllowBadFeatures : CursOpt.Features;
        return new FloatLabelCursor(data, label | features | CursOpt.Weight | CursOpt.AllowBadWeights, null, furtherColumns);
    }
}
