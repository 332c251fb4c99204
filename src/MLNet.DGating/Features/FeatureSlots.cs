using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Describes the slots of the feature column and their grouping into features.</summary>
/// <param name="ColumnName">The name of the column.</param>
/// <param name="Count">The number of slots.</param>
/// <param name="Metadata">The names and categories of the slots.</param>
/// <param name="Groups">The partition of the slots into features.</param>
internal sealed record FeatureSlots(string ColumnName, int Count, SlotMetadata Metadata, int[][] Groups)
{
    /// <summary>Reads the schema of the feature column and groups its slots.</summary>
    public static FeatureSlots Read(RoleMappedData data, FeatureGroups groups)
    {
        DataViewSchema.Column column = data.Schema.Feature!.Value;
        int count = ((VectorDataViewType)column.Type).Size;
        SlotMetadata metadata = groups.Describe(SlotMetadata.Read(column, data.Schema.Schema), count, data.Schema.Schema);
        return new FeatureSlots(column.Name, count, metadata, groups.Resolve(metadata, count));
    }

    /// <summary>Gives the names of the features, as in the report.</summary>
    public string[] GroupNames()
    {
        string[] names = SlotNaming.NameAll(Metadata.Names, Count);
        return Array.ConvertAll(Groups, group => SlotNaming.NameSet(names, group));
    }
}
