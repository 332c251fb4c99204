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

    // The places of a feature's slots among the inputs of the model, and of what indicates their missing values.
    private static int[] PlacesOf(int[] group, CollapsedNetwork network)
    {
        SelectedInputs inputs = network.Inputs;
        var places = new List<int>();
        foreach (int slot in group)
        {
            int place = inputs.Slots.BinarySearch(slot), indicator = place < 0 ? -1 : inputs.Indicated.BinarySearch(place);
            if (place >= 0)
            {
                places.Add(place);
            }

            if (indicator >= 0)
            {
                places.Add(inputs.Slots.Length + indicator);
            }
        }

        return [.. places];
    }
}
