using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;

namespace MLNet.DGating;

/// <summary>Takes the operators that ML.NET's transformers make for ONNX into a document of ours.</summary>
/// <param name="document">The document.</param>
internal sealed class MLNetOnnxContext(OnnxDocument document) : OnnxContext
{
    private readonly Dictionary<string, string> _variableOfColumn = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<long>> _shapes = new(StringComparer.Ordinal);

    /// <summary>Says which variable holds a column from here on.</summary>
    public void SetVariable(string column, string variable) => _variableOfColumn[column] = variable;

    /// <summary>Says of which type a column is that has a variable: some of ML.NET's transformers ask for the shape.</summary>
    public void Describe(string column, DataViewType? type)
    {
        bool isSized = type is VectorDataViewType { IsKnownSize: true } or PrimitiveDataViewType;
        if (isSized && _variableOfColumn.TryGetValue(column, out string? variable))
        {
            _shapes[variable] = [-1, type!.GetValueCount()];
        }
    }

    public override string GetNodeName(string prefix) => document.NewName(prefix);

    public override bool IsVariableDefined(string variableName) => document.Has(variableName);

    public override bool ContainsColumn(string colName) => _variableOfColumn.ContainsKey(colName);

    public override void CheckOpSetVersion(int thisTransformerMinumumOpSetVersion, string registerTransformerName) =>
        document.Require(thisTransformerMinumumOpSetVersion);

    public override void RemoveColumn(string colName, bool removeVariable = false) => _variableOfColumn.Remove(colName);

    public override void RemoveVariable(string variableName, bool removeColumn)
    {
        foreach (string column in _variableOfColumn.Where(column => column.Value == variableName).Select(column => column.Key).ToArray())
        {
            _variableOfColumn.Remove(column);
        }
    }

    public override void RemoveInputVariable(string variableName) => RemoveVariable(variableName, removeColumn: true);

    public override string GetVariableName(string colName) => _variableOfColumn[colName];

    public override string AddIntermediateVariable(DataViewType type, string colName, bool skip = false)
    {
        string variable = document.NewName(colName);
        _variableOfColumn[colName] = variable;
        Describe(colName, type);
        return variable;
    }

    public override OnnxNode CreateNode(
        string opType, IEnumerable<string> inputs, IEnumerable<string> outputs, string name, string? domain = null) =>
        new MLNetOnnxNode(document.Add(domain ?? OnnxDocument.Classical, opType, inputs, outputs));

    public override OnnxVersion GetOnnxVersion() => OnnxVersion.Stable;

    public override List<long>? RetrieveShapeOrNull(string variableName) => _shapes.GetValueOrDefault(variableName);

    public override string AddInitializer(bool value, string? name = null, bool makeUniqueName = true) => Add(name, value);

    public override string AddInitializer(float value, string? name = null, bool makeUniqueName = true) => Add(name, value);

    public override string AddInitializer(int value, Type type, string? name = null, bool makeUniqueName = true) =>
        AddInitializer([value], type, [], name);

    public override string AddInitializer(string value, string? name = null, bool makeUniqueName = true) =>
        AddInitializer([value], [], name);

    public override string AddInitializer(long value, string? name = null, bool makeUniqueName = true) => Add(name, value);

    public override string AddInitializer(double value, string? name = null, bool makeUniqueName = true) => Add(name, value);

    public override string AddInitializer(ulong value, bool isUint64, string? name = null, bool makeUniqueName = true) =>
        AddInitializer([value], isUint64, [], name);

    public override string AddInitializer(
        IEnumerable<bool> values, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) => Add(name, values, dims);

    public override string AddInitializer(
        IEnumerable<float> values, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) => Add(name, values, dims);

    public override string AddInitializer(
        IEnumerable<int> values, Type type, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) =>
        OnnxTypes.Of(type) switch
        {
            OnnxType.Int32 => Add(name, values, dims),
            OnnxType.Bool => Add(name, values.Select(value => value != 0), dims),
            OnnxType.Int16 => Add(name, values.Select(value => (short)value), dims),
            OnnxType.UInt16 => Add(name, values.Select(value => (ushort)value), dims),
            OnnxType.Int8 => Add(name, values.Select(value => (sbyte)value), dims),
            OnnxType.UInt8 => Add(name, values.Select(value => (byte)value), dims),
            _ => throw new NotSupportedException($"ML.NET asks for constants of {type} made of Int32."),
        };

    public override string AddInitializer(
        IEnumerable<string> values, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) =>
        document.AddConstant(name ?? "Constant", [.. values], [.. dims]);

    public override string AddInitializer(
        IEnumerable<long> values, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) => Add(name, values, dims);

    public override string AddInitializer(
        IEnumerable<double> values, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) => Add(name, values, dims);

    public override string AddInitializer(
        IEnumerable<ulong> values, bool isUint64, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) =>
        isUint64 ? Add(name, values, dims) : Add(name, values.Select(value => (uint)value), dims);

    private string Add<T>(string? name, T value)
        where T : unmanaged => Add(name, [value], []);

    private string Add<T>(string? name, IEnumerable<T> values, IEnumerable<long> dims)
        where T : unmanaged => document.AddConstant<T>(name ?? "Constant", OnnxTypes.Of(typeof(T)), [.. values], [.. dims]);
}
