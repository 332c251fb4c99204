namespace MLNet.DGating;

/// <summary>Takes the operators of a model: into a file of its own, or into the pipeline that ML.NET converts.</summary>
/// <remarks>Variables are referred to by the names that the methods return.</remarks>
internal interface IOnnxGraph
{
    /// <summary>Adds a constant. No shape: a scalar.</summary>
    string AddConstant(string name, float[] values, params long[] shape);

    /// <inheritdoc cref="AddConstant(string, float[], long[])"/>
    string AddConstant(string name, long[] values, params long[] shape);

    /// <summary>Adds an operator of the default domain and returns its output.</summary>
    /// <param name="operation">The operator, as ONNX names it.</param>
    /// <param name="inputs">The variables that it reads.</param>
    /// <param name="attribute">Its parameter; null for the operator's defaults.</param>
    /// <param name="output">The variable that it writes; null for a new one.</param>
    /// <param name="unreadOutputs">The number of further variables that it writes, and that nothing reads.</param>
    string AddNode(string operation, string[] inputs, OnnxAttribute? attribute = null, string? output = null, int unreadOutputs = 0);
}
