using MLNet.DGating.Model;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating;

/// <summary>Finds out whether the first layer of a model is that of embeddings (docs/theory.md §20).</summary>
internal static class EmbeddingBlocks
{
    /// <summary>Gives the number K of neurons of each feature in the first hidden layer; 0 where features share its neurons.</summary>
    /// <remarks>
    /// Embeddings are block-diagonal: the columns of a feature reach K neurons of its own alone. Of a single feature every layer is; there
    /// K tells.
    /// </remarks>
    /// <param name="network">The network of the model.</param>
    /// <param name="groups">The features of the model: the slots of each.</param>
    public static int WidthOf(CollapsedNetwork network, int[][] groups)
    {
        InputEncoding encoding = network.Inputs.Encoding;
        if (!encoding.IsPiecewise || network.Skip is not null || network.Hidden.Count < 2)
        {
            return 0;
        }

        DenseLayer first = network.Hidden[0];
        int[][] places = [.. groups.Select(group => PlacesOf(group, network)).Where(ofGroup => ofGroup.Length > 0)];
        int width = first.Outputs / places.Length;
        bool hasBlocks = width * places.Length == first.Outputs && (places.Length > 1 || width % new EmbeddingSettings().Width == 0);
        return hasBlocks && places.Index().All(group => group.Item.All(place => IsInBlock(place, group.Index * width))) ? width : 0;

        bool IsInBlock(int place, int start) => Enumerable.Range(encoding.FirstColumn(place), encoding.ColumnCount(place)).All(column =>
        {
            ReadOnlySpan<float> row = first.Weights.AsSpan(column * first.Outputs, first.Outputs);
            return !row[..start].ContainsAnyExcept(0f) && !row[(start + width)..].ContainsAnyExcept(0f);
        });
    }

    // The places of a feature's slots among those that the model reads.
    private static int[] PlacesOf(int[] group, CollapsedNetwork network)
    {
        int[] places = new int[group.Length];
        for (int i = 0; i < group.Length; i++)
        {
            places[i] = network.Inputs.Slots.BinarySearch(group[i]);
        }

        return Array.FindAll(places, place => place >= 0);
    }
}
