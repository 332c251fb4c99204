using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;

namespace MLNet.DGating;

/// <summary>Adds operators to the graph of a whole pipeline, which ML.NET's ConvertToOnnx makes.</summary>
internal sealed class PipelineGraph(OnnxContext context) : IOnnxGraph
{
    public string AddConstant(string name, float[] values, params long[] shape) =>
        shape.Length == 0 ? context.AddInitializer(values[0], name) : context.AddInitializer(values, shape, name);

    public string AddConstant(string name, long[] values, params long[] shape) =>
        shape.Length == 0 ? context.AddInitializer(values[0], name) : context.AddInitializer(values, shape, name);

    public string AddNode(
        string operation, string[] inputs, OnnxAttribute? attribute = null, string? output = null, int unreadOutputs = 0)
    {
        // Runtimes infer types and shapes between operators; ML.NET's description of them, which a type is for, is skipped.
        output ??= context.AddIntermediateVariable(NumberDataViewType.Single, operation, skip: true);

        // Without a domain ML.NET takes the one of its own operators.
        string[] outputs = [output, .. Unread(unreadOutputs)];
        OnnxNode node = context.CreateNode(operation, inputs, outputs, context.GetNodeName(operation), domain: "");
        if (attribute is { Value: long value })
        {
            node.AddAttribute(attribute.Name, value);
        }

        return output;
    }

    private IEnumerable<string> Unread(int count) =>
        Enumerable.Range(0, count).Select(_ => context.AddIntermediateVariable(NumberDataViewType.Single, nameof(Unread), skip: true));
}
