using MLNet.DGating;
using MLNet.DGating.Model;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(DGatingMulticlassModelParameters), null, typeof(SignatureLoadModel),
    "D-Gating multiclass model", DGatingMulticlassModelParameters.LoaderSignature)]

namespace MLNet.DGating;

/// <summary>A D-Gating model for multiclass classification. Score holds a probability for each class; they sum to 1.</summary>
public sealed class DGatingMulticlassModelParameters : DGatingModelParameters<VBuffer<float>>
{
    internal const string LoaderSignature = "DGatingMulticlassModel";

    private static readonly InverseLink s_link = InverseLink.Of(Link.Softmax);

    private readonly VectorDataViewType _outputType;

    internal DGatingMulticlassModelParameters(
        IHostEnvironment env, CollapsedNetwork network, FeatureSelectionReport selection, IReadOnlyList<DGatingPathPoint> path)
        : base(env, LoaderSignature, network, selection, path)
    {
        _outputType = new VectorDataViewType(NumberDataViewType.Single, network.OutputCount);
    }

    private DGatingMulticlassModelParameters(IHostEnvironment env, ModelLoadContext ctx)
        : base(env, LoaderSignature, ctx, out CheckedReader reader)
    {
        reader.CheckEnd();
        _outputType = new VectorDataViewType(NumberDataViewType.Single, Network.OutputCount);
    }

    /// <inheritdoc/>
    protected override PredictionKind PredictionKind => PredictionKind.MulticlassClassification;

    private protected override DataViewType OutputType => _outputType;

    private protected override VersionInfo Version => GetVersionInfo();

    internal override OnnxHead OnnxHead => new MulticlassHead(s_link);

    /// <summary>Returns the same model on a feature column that has some of the slots, ascending.</summary>
    internal DGatingMulticlassModelParameters OfSlots(IHostEnvironment env, int[] slots)
    {
        (CollapsedNetwork network, FeatureSelectionReport selection) = PartsOfSlots(slots);
        return new(env, network, selection, Path);
    }

    internal static DGatingMulticlassModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(GetVersionInfo());
        return new DGatingMulticlassModelParameters(env, ctx);
    }

    private protected override ValueMapper<VBuffer<float>, VBuffer<float>> CreateMapper() => Network.CreateVectorMapper(s_link);

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "DGATEMUL",
        verWrittenCur: FormatVersion.Current,
        verReadableCur: FormatVersion.Current,
        verWeCanReadBack: FormatVersion.Initial,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(DGatingMulticlassModelParameters).Assembly.FullName!);
}
