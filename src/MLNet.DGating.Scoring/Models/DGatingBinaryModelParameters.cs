using MLNet.DGating;
using MLNet.DGating.Model;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;

[assembly: LoadableClass(typeof(DGatingBinaryModelParameters), null, typeof(SignatureLoadModel),
    "D-Gating binary model", DGatingBinaryModelParameters.LoaderSignature)]

namespace MLNet.DGating;

/// <summary>A D-Gating model for binary classification.</summary>
/// <remarks>Score is the logit: positive predicts true. Probability is 1 / (1 + exp(−Score)), kept off 0 and 1.</remarks>
public sealed class DGatingBinaryModelParameters :
    DGatingModelParameters<float>,
    IValueMapperDist,
    IFeatureContributionMapper,
    ICalculateFeatureContribution
{
    internal const string LoaderSignature = "DGatingBinaryModel";

    internal DGatingBinaryModelParameters(
        IHostEnvironment env, CollapsedNetwork network, FeatureSelectionReport selection, IReadOnlyList<DGatingPathPoint> path)
        : base(env, LoaderSignature, network, selection, path)
    {
        Host.CheckParam(network.OutputCount == 1, nameof(network), "A binary model must have one output.");
    }

    private DGatingBinaryModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, LoaderSignature, ctx, out CheckedReader reader)
    {
        reader.CheckEnd();
        Host.CheckDecode(Network.OutputCount == 1, "The model is damaged: a binary model must have one output.");
    }

    DataViewType IValueMapperDist.DistType => NumberDataViewType.Single;

    FeatureContributionCalculator ICalculateFeatureContribution.FeatureContributionCalculator => new(this);

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.BinaryClassification;

    private protected override DataViewType OutputType => NumberDataViewType.Single;

    private protected override VersionInfo Version => GetVersionInfo();

    internal override OnnxHead OnnxHead => new BinaryHead(InverseLink.Of(Link.Logistic));

    // ML.NET pairs a model that gives a probability of its own with BinaryPredictionTransformer: no calibrator around it.
    ValueMapper<TSrc, TDst, TDist> IValueMapperDist.GetMapper<TSrc, TDst, TDist>()
    {
        ValueMapper<VBuffer<float>, float> map = CreateMapper();
        ValueMapper<VBuffer<float>, float, float> mapWithProbability = (in VBuffer<float> row, ref float score, ref float probability) =>
        {
            map(in row, ref score);
            probability = LogisticLink.Apply(score);
        };
        return mapWithProbability as ValueMapper<TSrc, TDst, TDist> ?? throw Host.Except(
            $"The model maps {typeof(VBuffer<float>)} to Single and Single, not {typeof(TSrc)} to {typeof(TDst)} and {typeof(TDist)}.");
    }

    ValueMapper<TSrc, VBuffer<float>> IFeatureContributionMapper.GetFeatureContributionMapper<TSrc, TDst>(
        int top, int bottom, bool normalize) => CreateContributionMapper<TSrc>(top, bottom, normalize);

    /// <summary>Returns the same model on a feature column that has some of the slots, ascending.</summary>
    internal DGatingBinaryModelParameters OfSlots(IHostEnvironment env, int[] slots)
    {
        (CollapsedNetwork network, FeatureSelectionReport selection) = PartsOfSlots(slots);
        return new(env, network, selection, Path);
    }

    internal static DGatingBinaryModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(GetVersionInfo());
        return new DGatingBinaryModelParameters(env, ctx);
    }

    private protected override ValueMapper<VBuffer<float>, float> CreateMapper() =>
        Network.CreateScalarMapper(InverseLink.Of(Link.Identity));

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "DGATEBIN",
        verWrittenCur: FormatVersion.Current,
        verReadableCur: FormatVersion.Current,
        verWeCanReadBack: FormatVersion.Initial,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(DGatingBinaryModelParameters).Assembly.FullName!);
}
