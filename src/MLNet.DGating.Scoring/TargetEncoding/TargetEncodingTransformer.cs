using MLNet.DGating;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(TargetEncodingTransformer), null, typeof(SignatureLoadModel),
    "Categories by their labels", TargetEncodingTransformer.LoaderSignature)]

namespace MLNet.DGating;

/// <summary>Encodes categories by the mean of the label in the rows of each value.</summary>
/// <remarks>
/// The view that it was fitted on gets numbers made of the folds that a row is not in (<see cref="TargetEncodingCatalog.TargetEncode"/>).
/// </remarks>
public sealed partial class TargetEncodingTransformer : OneToOneTransformerBase, ITransformer
{
    internal const string LoaderSignature = "DGatingTarget";

    private const uint Initial = 0x00010001;
    private const int MaximumWidth = 100;

    private readonly TargetMeans[] _means;

    // The view that it was fitted on, as long as somebody has it.
    private readonly WeakReference<IDataView>? _training;
    private bool _isForTraining;

    internal TargetEncodingTransformer(
        IHostEnvironment env, (string Output, string Input)[] columns, TargetMeans[] means, IDataView training)
        : base(env.Register(nameof(TargetEncodingTransformer)), columns)
    {
        _means = means;
        _training = new WeakReference<IDataView>(training);
    }

    private TargetEncodingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(nameof(TargetEncodingTransformer)), ctx)
    {
        // *** Binary format ***
        // <base: the names of the columns>
        // ColumnBody, of each column:
        //   int: width; of each slot: string: name (not of a single one), float: number of values that are not known
        //   int: count of values; of each: string: value; then float[count, width]: numbers
        _means = ColumnBody.Read(ModelBody.Open(Host, ctx, Initial), ColumnPairs, hasNames: true, Read);
    }

    // Called by ML.NET when a model is loaded.
    internal static TargetEncodingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(GetVersionInfo());
        return new TargetEncodingTransformer(env, ctx);
    }

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "DGTARGET",
        verWrittenCur: Initial,
        verReadableCur: Initial,
        verWeCanReadBack: Initial,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(TargetEncodingTransformer).Assembly.FullName);

    /// <summary>Encodes the rows of a view; of the one that it was fitted on each without the labels of its fold.</summary>
    /// <param name="input">The view.</param>
    public new IDataView Transform(IDataView input)
    {
        Host.CheckValue(input, nameof(input));
        if (_training is null || !_training.TryGetTarget(out IDataView? training) || !ReferenceEquals(training, input))
        {
            return base.Transform(input);
        }

        var ofTraining = (TargetEncodingTransformer)MemberwiseClone();
        ofTraining._isForTraining = true;
        return ofTraining.TransformAny(input);
    }

    /// <inheritdoc/>
    protected override void SaveModel(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(GetVersionInfo());
        SaveColumns(ctx);
        ColumnBody.Write(ctx, ColumnPairs, (writer, column) => Write(writer, _means[column]));
    }

    /// <inheritdoc/>
    protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    /// <inheritdoc/>
    protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        if (inputSchema[srcCol].Type != TextDataViewType.Instance)
        {
            throw Host.ExceptSchemaMismatch(
                nameof(inputSchema), "input", inputSchema[srcCol].Name, "Text", inputSchema[srcCol].Type.ToString());
        }
    }

    private static TargetMeans Read(CheckedReader reader)
    {
        int width = reader.ReadInt(1, MaximumWidth, "the count of encoded numbers");
        string[] names = new string[width == 1 ? 0 : width];
        for (int k = 0; k < names.Length; k++)
        {
            names[k] = reader.ReadString("the name of a class");
        }

        float[] priors = reader.ReadFloats(width, "the numbers of unknown values");
        int count = reader.ReadInt(0, int.MaxValue, "the count of values");
        var words = new List<string>();
        while (words.Count < count)
        {
            words.Add(reader.ReadString("a value of a category"));
        }

        reader.Check(words.Distinct(StringComparer.Ordinal).Count() == count, "The model is damaged: a category has a value twice.");
        return new TargetMeans([.. words], priors, reader.ReadFloats((long)count * width, "the numbers of a category"), names);
    }

    private static void Write(BinaryWriter writer, TargetMeans means)
    {
        writer.Write(means.Width);
        Array.ForEach(means.Names, writer.Write);
        Array.ForEach(means.Priors, writer.Write);
        writer.Write(means.Words.Length);
        Array.ForEach(means.Words, writer.Write);
        Array.ForEach(means.Means, writer.Write);
    }

    private IDataView TransformAny(IDataView input) => base.Transform(input);
}
