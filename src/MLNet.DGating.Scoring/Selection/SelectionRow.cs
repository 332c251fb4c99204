namespace MLNet.DGating;

/// <summary>A row of <see cref="FeatureSelectionReport.ToDataView"/>, whose columns are the properties.</summary>
internal sealed class SelectionRow(FeatureGate gate, bool isConstant)
{
    public int Index { get; } = gate.Index;

    public string Name { get; } = gate.Name;

    public int[] Slots { get; } = [.. gate.Slots];

    public float Importance { get; } = gate.Importance;

    public double LambdaOut { get; } = gate.LambdaOut;

    public bool IsSelected { get; } = gate.IsSelected;

    public bool IsConstant { get; } = isConstant;
}
