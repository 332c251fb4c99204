using MLNet.DGating;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(DGatingQuantileModelParameters), null, typeof(SignatureLoadModel),
    "D-Gating quantile model", DGatingQuantileModelParameters.LoaderSignature)]

namespace MLNet.DGating;

/// <summary>A D-Gating model that predicts several quantiles of the label, such as a median and an interval about it.</summary>
/// <remarks>
/// The column Quantiles has them ascending: where the outputs of the network cross they are sorted, which never makes their pinball loss
/// larger. Score is the quantile whose level is nearest to one half, of two as near the lower one.
/// </remarks>
public sealed class DGatingQuantileModelParameters : DGatingRegressionModelParameters, ISchemaBindableMapper, IBindableCanSaveOnnx
{
    /// <summary>The name of the column with the quantiles.</summary>
    public const string QuantilesColumnName = QuantileHead.ColumnName;

    internal new const string LoaderSignature = "DGatingQuantileModel";

    internal DGatingQuantileModelParameters(
        IHostEnvironment env, CollapsedNetwork network, FeatureSelectionReport selection, IReadOnlyList<DGatingPathPoint> path,
        QuantileLevels levels)
        : base(env, LoaderSignature, network, selection, path, link: null)
    {
        Host.CheckParam(network.OutputCount == levels.Count, nameof(network), "A quantile model must have an output for each level.");
        QuantileLevels = levels;
    }

    private DGatingQuantileModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, LoaderSignature, ctx, out CheckedReader reader)
    {
        double[] levels = reader.ReadDoubles(Network.OutputCount, "the levels of the quantiles");
        QuantileLevels = reader.Build(() => new QuantileLevels(levels));
        reader.CheckEnd();
    }

    /// <summary>The levels of the quantiles, ascending, each above 0 and below 1.</summary>
    public IReadOnlyList<double> Levels => QuantileLevels.Values;

    internal QuantileLevels QuantileLevels { get; }

    private protected override VersionInfo Version => GetVersionInfo();

    internal override OnnxHead OnnxHead => new QuantileHead(QuantileLevels.Middle);

    // ML.NET's transformers ask a model that binds itself for its columns: the score is one of two.
    ISchemaBoundMapper ISchemaBindableMapper.Bind(IHostEnvironment env, RoleMappedSchema schema) =>
        new QuantileRowMapper(Host, schema, this);

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    bool IBindableCanSaveOnnx.SaveAsOnnx(OnnxContext ctx, RoleMappedSchema schema, string[] outputNames)
    {
        string feature = schema.Feature!.Value.Name;
        return ctx.ContainsColumn(feature)
            && ((ISingleCanSaveOnnx)this).SaveAsOnnx(ctx, outputNames, ctx.GetVariableName(feature));
    }

    /// <inheritdoc/>
    internal override DGatingQuantileModelParameters OfSlots(IHostEnvironment env, int[] slots)
    {
        (CollapsedNetwork network, FeatureSelectionReport selection) = PartsOfSlots(slots);
        return new(env, network, selection, Path, QuantileLevels);
    }

    internal static new DGatingQuantileModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(GetVersionInfo());
        return new DGatingQuantileModelParameters(env, ctx);
    }

    internal ValueMapper<VBuffer<float>, VBuffer<float>> CreateQuantileMapper() => Network.CreateSortedMapper();

    private protected override ValueMapper<VBuffer<float>, float> CreateMapper()
    {
        ValueMapper<VBuffer<float>, VBuffer<float>> map = CreateQuantileMapper();
        VBuffer<float> quantiles = default;
        int middle = QuantileLevels.Middle;
        return (in VBuffer<float> row, ref float score) =>
        {
            map(in row, ref quantiles);
            score = quantiles.GetValues()[middle];
        };
    }

    // *** Binary format ***
    // the link: LinkFormat
    // double[outputs]: the levels, ascending
    private protected override void SaveTask(BinaryWriter writer)
    {
        base.SaveTask(writer);
        foreach (double level in Levels)
        {
            writer.Write(level);
        }
    }

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "DGATEQUA",
        verWrittenCur: FormatVersion.Current,
        verReadableCur: FormatVersion.Current,
        verWeCanReadBack: FormatVersion.WithEncodings,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(DGatingQuantileModelParameters).Assembly.FullName!);
}
