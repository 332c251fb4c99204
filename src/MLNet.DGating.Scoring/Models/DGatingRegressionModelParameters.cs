using MLNet.DGating;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

[assembly: LoadableClass(typeof(DGatingRegressionModelParameters), null, typeof(SignatureLoadModel),
    "D-Gating regression model", DGatingRegressionModelParameters.LoaderSignature)]

namespace MLNet.DGating;

/// <summary>A D-Gating model for regression. Score is the predicted label, in the label's unit.</summary>
/// <remarks>A model of several quantiles is a <see cref="DGatingQuantileModelParameters"/>.</remarks>
public class DGatingRegressionModelParameters :
    DGatingModelParameters<float>,
    IFeatureContributionMapper,
    ICalculateFeatureContribution
{
    internal const string LoaderSignature = "DGatingRegressionModel";

    internal DGatingRegressionModelParameters(
        IHostEnvironment env, CollapsedNetwork network, FeatureSelectionReport selection, IReadOnlyList<DGatingPathPoint> path,
        InverseLink? link = null)
        : this(env, LoaderSignature, network, selection, path, link)
    {
        Host.CheckParam(network.OutputCount == 1, nameof(network), "A regression model must have one output.");
    }

    private protected DGatingRegressionModelParameters(
        IHostEnvironment env, string name, CollapsedNetwork network, FeatureSelectionReport selection,
        IReadOnlyList<DGatingPathPoint> path, InverseLink? link)
        : base(env, name, network, selection, path)
    {
        InverseLink = link ?? IdentityLink.Instance;
    }

    private protected DGatingRegressionModelParameters(IHostEnvironment env, string name, ModelLoadContext ctx, out CheckedReader reader)
        : base(env, name, ctx, out reader)
    {
        InverseLink = ctx.Header.ModelVerWritten >= FormatVersion.WithEncodings
            ? LinkFormat.Read(reader)
            : IdentityLink.Instance;
    }

    private DGatingRegressionModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : this(env, LoaderSignature, ctx, out CheckedReader reader)
    {
        reader.CheckEnd();
        Host.CheckDecode(Network.OutputCount == 1, "The model is damaged: a regression model must have one output.");
    }

    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator => new(this);

    /// <inheritdoc/>
    protected sealed override PredictionKind PredictionKind => PredictionKind.Regression;

    internal InverseLink InverseLink { get; }

    private protected sealed override DataViewType OutputType => NumberDataViewType.Single;

    private protected override VersionInfo Version => GetVersionInfo();

    internal override OnnxHead OnnxHead => new RegressionHead(InverseLink);

    ValueMapper<TSrc, VBuffer<float>> IFeatureContributionMapper.GetFeatureContributionMapper<TSrc, TDst>(
        int top, int bottom, bool normalize) => CreateContributionMapper<TSrc>(top, bottom, normalize);

    /// <summary>Returns the same model on a feature column that has some of the slots, ascending.</summary>
    internal virtual DGatingRegressionModelParameters OfSlots(IHostEnvironment env, int[] slots)
    {
        (CollapsedNetwork network, FeatureSelectionReport selection) = PartsOfSlots(slots);
        return new(env, network, selection, Path, InverseLink);
    }

    internal static DGatingRegressionModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(GetVersionInfo());
        return new DGatingRegressionModelParameters(env, ctx);
    }

    private protected override ValueMapper<VBuffer<float>, float> CreateMapper() => Network.CreateScalarMapper(InverseLink);

    // *** Binary format *** (since FormatVersion.WithEncodings)
    // the link: LinkFormat
    private protected override void SaveTask(BinaryWriter writer) => LinkFormat.Write(writer, InverseLink);

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "DGATEREG",
        verWrittenCur: FormatVersion.Current,
        verReadableCur: FormatVersion.Current,
        verWeCanReadBack: FormatVersion.Initial,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(DGatingRegressionModelParameters).Assembly.FullName!);
}
