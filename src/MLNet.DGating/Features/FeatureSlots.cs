using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>The feature column as the trainer sees it.</summary>
/// <param name="ColumnName">Its name.</param>
/// <param name="Count">Its slots.</param>
/// <param name="Metadata">Names and categories of the slots.</param>
/// <param name="Groups">A partition of the slots into features.</param>
internal sealed record FeatureSlots(string ColumnName, int Count, SlotMetadata Metadata, int[][] Groups)
{
    public static FeatureSlots Read(RoleMappedData data, FeatureGroups groups)
    {
        DataViewSchema.Column column = data.Schema.Feature!.Value;
        int count = ((VectorDataViewType)column.Type).Size;
        SlotMetadata metadata = SlotMetadata.Read(column, data.Schema.Schema);
        return new FeatureSlots(column.Name, count, metadata, groups.Resolve(metadata, count));
    }

    /// <summary>The features' names, as reports give them.</summary>
    public string[] GroupNames()
    {
        string[] names = SlotNaming.NameAll(Metadata.Names, Count);
        return Array.ConvertAll(Groups, group => SlotNaming.NameSet(names, group));
    }
}
