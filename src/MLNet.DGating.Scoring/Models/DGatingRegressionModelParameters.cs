using MLNet.DGating;
using MLNet.DGating.Model;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

[assembly: LoadableClass(typeof(DGatingRegressionModelParameters), null, typeof(SignatureLoadModel),
    "D-Gating regression model", DGatingRegressionModelParameters.LoaderSignature)]

namespace MLNet.DGating;

/// <summary>A D-Gating model for regression. Score is the predicted label, in the label's unit.</summary>
public sealed class DGatingRegressionModelParameters :
    DGatingModelParameters<float>,
    IFeatureContributionMapper,
    ICalculateFeatureContribution
{
    internal const string LoaderSignature = "DGatingRegressionModel";

    private static readonly InverseLink s_link = InverseLink.Of(Link.Identity);

    internal DGatingRegressionModelParameters(
        IHostEnvironment env, CollapsedNetwork network, FeatureSelectionReport selection, IReadOnlyList<DGatingPathPoint> path)
        : base(env, LoaderSignature, network, selection, path)
    {
        Host.CheckParam(network.OutputCount == 1, nameof(network), "A regression model must have one output.");
    }

    private DGatingRegressionModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, LoaderSignature, ctx)
    {
        Host.CheckDecode(Network.OutputCount == 1, "The model is damaged: a regression model must have one output.");
    }

    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator => new(this);

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.Regression;

    private protected override DataViewType OutputType => NumberDataViewType.Single;

    private protected override VersionInfo Version => GetVersionInfo();

    private protected override OnnxHead OnnxHead => new RegressionHead(s_link);

    ValueMapper<TSrc, VBuffer<float>> IFeatureContributionMapper.GetFeatureContributionMapper<TSrc, TDst>(
        int top, int bottom, bool normalize) => CreateContributionMapper<TSrc>(top, bottom, normalize);

    internal static DGatingRegressionModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(GetVersionInfo());
        return new DGatingRegressionModelParameters(env, ctx);
    }

    private protected override ValueMapper<VBuffer<float>, float> CreateMapper() => Network.CreateScalarMapper(s_link);

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "DGATEREG",
        verWrittenCur: FormatVersion.Current,
        verReadableCur: FormatVersion.Current,
        verWeCanReadBack: FormatVersion.Initial,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(DGatingRegressionModelParameters).Assembly.FullName!);
}
