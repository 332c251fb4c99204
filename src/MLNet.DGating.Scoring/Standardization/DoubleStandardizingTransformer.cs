using MLNet.DGating;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(typeof(DoubleStandardizingTransformer), null, typeof(SignatureLoadModel),
    "Standardized doubles", DoubleStandardizingTransformer.LoaderSignature)]

namespace MLNet.DGating;

/// <summary>Standardizes columns of Double in double precision; the results are Single.</summary>
public sealed class DoubleStandardizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "DGatingDoubles";

    private const uint Initial = 0x00010001;

    /// <summary>Adds a checksum, and the names once more.</summary>
    private const uint WithChecksum = 0x00010002;

    private readonly Moments[] _moments;

    internal DoubleStandardizingTransformer(IHostEnvironment env, (string Output, string Input)[] columns, Moments[] moments)
        : base(env.Register(nameof(DoubleStandardizingTransformer)), columns)
    {
        _moments = moments;
    }

    private DoubleStandardizingTransformer(IHostEnvironment env, ModelLoadContext ctx)
        : base(env.Register(nameof(DoubleStandardizingTransformer)), ctx)
    {
        // *** Binary format ***
        // <base: the names of the columns>
        // ColumnBody since WithChecksum, before the columns alone: of each double: mean, double: deviation
        bool isChecked = ctx.Header.ModelVerWritten >= WithChecksum;
        _moments = ColumnBody.Read(ModelBody.Open(Host, ctx, WithChecksum), ColumnPairs, isChecked, reader =>
        {
            var moments = new Moments(reader.ReadDouble("a mean"), reader.ReadDouble("a deviation"));
            reader.Check(double.IsFinite(moments.Mean) && moments.Deviation > 0 && double.IsFinite(moments.Deviation),
                "The model is damaged: a mean must be finite and a deviation above 0.");
            return moments;
        });
    }

    // Called by ML.NET when a model is loaded.
    internal static DoubleStandardizingTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        Contracts.CheckValue(env, nameof(env));
        env.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel(GetVersionInfo());
        return new DoubleStandardizingTransformer(env, ctx);
    }

    private static VersionInfo GetVersionInfo() => new(
        modelSignature: "DGDOUBLE",
        verWrittenCur: WithChecksum,
        verReadableCur: WithChecksum,
        verWeCanReadBack: Initial,
        loaderSignature: LoaderSignature,
        loaderAssemblyName: typeof(DoubleStandardizingTransformer).Assembly.FullName);

    /// <inheritdoc/>
    protected override void SaveModel(ModelSaveContext ctx)
    {
        Host.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(GetVersionInfo());
        SaveColumns(ctx);
        ColumnBody.Write(ctx, ColumnPairs, (writer, column) =>
        {
            writer.Write(_moments[column].Mean);
            writer.Write(_moments[column].Deviation);
        });
    }

    /// <inheritdoc/>
    protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema);

    /// <inheritdoc/>
    protected override void CheckInputColumn(DataViewSchema inputSchema, int col, int srcCol)
    {
        if (inputSchema[srcCol].Type != NumberDataViewType.Double)
        {
            throw Host.ExceptSchemaMismatch(
                nameof(inputSchema), "input", inputSchema[srcCol].Name, "Double", inputSchema[srcCol].Type.ToString());
        }
    }

    private sealed class Mapper(DoubleStandardizingTransformer parent, DataViewSchema schema)
        : OneToOneMapperBase(parent.Host.Register(nameof(Mapper)), parent, schema), ISaveAsOnnx
    {
        public bool CanSaveOnnx(OnnxContext ctx) => true;

        public void SaveAsOnnx(OnnxContext ctx)
        {
            foreach (((string output, string input), Moments moments) in parent.ColumnPairs.Zip(parent._moments))
            {
                if (!ctx.ContainsColumn(input))
                {
                    ctx.RemoveColumn(output, false);
                    continue;
                }

                string centred = ctx.AddIntermediateVariable(NumberDataViewType.Double, "Centred", true);
                string scaled = ctx.AddIntermediateVariable(NumberDataViewType.Double, "Scaled", true);
                string source = ctx.GetVariableName(input);
                Node("Sub", [source, ctx.AddInitializer(moments.Mean, "Mean", true)], centred);
                Node("Div", [centred, ctx.AddInitializer(moments.Deviation, "Deviation", true)], scaled);
                string single = ctx.AddIntermediateVariable(NumberDataViewType.Single, output, false);
                Node("Cast", [scaled], single).AddAttribute("to", typeof(float));
            }

            OnnxNode Node(string operation, string[] inputs, string output) =>
                ctx.CreateNode(operation, inputs, [output], ctx.GetNodeName(operation), domain: "");
        }

        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => Array.ConvertAll(
            parent.ColumnPairs, pair => new DataViewSchema.DetachedColumn(pair.outputColumnName, NumberDataViewType.Single));

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;
            ValueGetter<double> getter = input.GetGetter<double>(input.Schema[ColMapNewToOld[iinfo]]);
            Moments moments = parent._moments[iinfo];
            double value = 0;
            return (ValueGetter<float>)((ref float result) =>
            {
                getter(ref value);
                result = moments.Of(value);
            });
        }
    }
}
