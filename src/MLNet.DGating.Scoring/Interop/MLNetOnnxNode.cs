using Microsoft.ML.Model.OnnxConverter;

namespace MLNet.DGating;

/// <summary>Takes the attributes that ML.NET's transformers give their operators.</summary>
internal sealed class MLNetOnnxNode(OnnxOperator target) : OnnxNode
{
    public override void AddAttribute(string argName, double value) => Add(argName, (float)value);

    public override void AddAttribute(string argName, long value) => Add(argName, value);

    public override void AddAttribute(string argName, ReadOnlyMemory<char> value) => Add(argName, value.ToString());

    public override void AddAttribute(string argName, string value) => Add(argName, value);

    public override void AddAttribute(string argName, bool value) => Add(argName, value ? 1L : 0L);

    public override void AddAttribute(string argName, IEnumerable<double> value) =>
        Add(argName, value.Select(item => (float)item).ToArray());

    public override void AddAttribute(string argName, IEnumerable<float> value) => Add(argName, value.ToArray());

    public override void AddAttribute(string argName, IEnumerable<long> value) => Add(argName, value.ToArray());

    public override void AddAttribute(string argName, IEnumerable<ReadOnlyMemory<char>> value) =>
        Add(argName, value.Select(item => item.ToString()).ToArray());

    public override void AddAttribute(string argName, string[] value) => Add(argName, value);

    public override void AddAttribute(string argName, IEnumerable<string> value) => Add(argName, value.ToArray());

    public override void AddAttribute(string argName, IEnumerable<bool> value) =>
        Add(argName, value.Select(item => item ? 1L : 0L).ToArray());

    public override void AddAttribute(string argName, Type t) => Add(argName, (long)OnnxTypes.Of(t));

    private void Add(string name, object value) => target.Attributes.Add(new OnnxAttribute(name, value));
}
