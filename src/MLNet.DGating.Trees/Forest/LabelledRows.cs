using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Trees.Forest;

/// <summary>Reads rows with their labels and weights. Rows with a missing label or weight are left out.</summary>
/// <param name="data">The data and the roles of its columns.</param>
internal sealed class LabelledRows(RoleMappedData data)
{
    /// <summary>The number of slots of the feature column.</summary>
    public int FeatureCount => ((VectorDataViewType)data.Schema.Feature!.Value.Type).Size;

    /// <summary>Reads labels, weights, and the leaf of each tree that each row is in.</summary>
    public (double[] Labels, double[] Weights, int[][] Leaves) Leaves(KeptTree[] trees)
    {
        var labels = new List<double>();
        var weights = new List<double>();
        List<int>[] leaves = [.. trees.Select(_ => new List<int>())];
        DataViewSchema.Column feature = data.Schema.Feature!.Value, label = data.Schema.Label!.Value;
        DataViewSchema.Column? weight = data.Schema.Weight;
        using DataViewRowCursor cursor = data.Data.GetRowCursor(weight is { } given ? [feature, label, given] : [feature, label]);
        ValueGetter<VBuffer<float>> features = cursor.GetGetter<VBuffer<float>>(feature);
        ValueGetter<float> getLabel = RowCursorUtils.GetLabelGetter(cursor, label.Index);
        ValueGetter<float>? getWeight = weight is { } column ? cursor.GetGetter<float>(column) : null;
        VBuffer<float> row = default;
        float y = 0, w = 1;
        while (cursor.MoveNext())
        {
            getLabel(ref y);
            getWeight?.Invoke(ref w);
            if (float.IsFinite(y) && float.IsFinite(w))
            {
                features(ref row);
                labels.Add(y);
                weights.Add(w);
                for (int i = 0; i < trees.Length; i++)
                {
                    leaves[i].Add(trees[i].LeafOf(in row));
                }
            }
        }

        return ([.. labels], [.. weights], [.. leaves.Select(ofTree => ofTree.ToArray())]);
    }
}
