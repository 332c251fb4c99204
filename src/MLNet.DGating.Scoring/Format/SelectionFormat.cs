using Microsoft.ML.Internal.Utilities;

namespace MLNet.DGating;

/// <summary>How <see cref="SelectionData"/> is written and read. The selected slots are the network's and not written twice.</summary>
internal static class SelectionFormat
{
    // *** Binary format ***
    // string: name of the feature column
    // byte: 1 if the slots have names, else 0
    // string[slots]: their names, empty where there is none; only if they have names
    // int: r, ranges of slots that hold one category each
    // int[2 r]: first and last slot of each, ascending
    // int: g, features as trained (groups of slots)
    // int[slots]: the feature each slot belongs to
    // double[g]: the lambda at which each left the path, infinite if never
    // float[k]: the importance of each selected slot
    // int: c, constant slots
    // int[c]: the constant slots, ascending
    public static void Write(BinaryWriter writer, SelectionData data)
    {
        writer.Write(data.FeatureColumnName);
        writer.WriteBoolByte(data.Metadata.Names is not null);
        foreach (string name in data.Metadata.Names ?? [])
            writer.Write(name);
        writer.Write(data.Metadata.CategoricalRanges.Length / 2);
        writer.WriteIntsNoCount(data.Metadata.CategoricalRanges);

        writer.Write(data.Groups.Length);
        writer.WriteIntsNoCount(GroupOfSlot(data));
        writer.WriteDoublesNoCount(data.LambdaOut);
        writer.WriteSinglesNoCount(data.Importance);
        writer.Write(data.ConstantSlots.Length);
        writer.WriteIntsNoCount(data.ConstantSlots);
    }

    public static SelectionData Read(CheckedReader reader, int slotCount, int[] selectedSlots)
    {
        string column = reader.ReadString("the feature column's name");
        string[]? names = null;
        if (reader.ReadFlag("the presence of slot names"))
        {
            var read = new List<string>();
            while (read.Count < slotCount)
                read.Add(reader.ReadString("a slot's name"));
            names = [.. read];
        }

        int rangeCount = reader.ReadInt(0, slotCount, "the number of categorical ranges");
        int[] ranges = reader.ReadInts(2 * rangeCount, 0, slotCount - 1, "the categorical ranges");
        int groupCount = reader.ReadInt(1, slotCount, "the number of features");
        int[] groupOfSlot = reader.ReadInts(slotCount, 0, groupCount - 1, "the features of the slots");
        double[] lambdaOut = reader.ReadDoubles(groupCount, "the path's lambdas");
        float[] importance = reader.ReadFloats(selectedSlots.Length, "the importances");
        int constantCount = reader.ReadInt(0, slotCount, "the number of constant slots");

        return new SelectionData
        {
            FeatureColumnName = column,
            SlotCount = slotCount,
            Metadata = new SlotMetadata(names, ranges),
            Groups = GroupsOf(groupOfSlot, groupCount),
            LambdaOut = lambdaOut,
            SelectedSlots = selectedSlots,
            Importance = importance,
            ConstantSlots = reader.ReadInts(constantCount, 0, slotCount - 1, "the constant slots"),
        };
    }

    private static int[] GroupOfSlot(SelectionData data)
    {
        var groupOfSlot = new int[data.SlotCount];
        for (int group = 0; group < data.Groups.Length; group++)
        {
            foreach (int slot in data.Groups[group])
                groupOfSlot[slot] = group;
        }

        return groupOfSlot;
    }

    private static int[][] GroupsOf(int[] groupOfSlot, int groupCount)
    {
        var sizes = new int[groupCount];
        foreach (int group in groupOfSlot)
            sizes[group]++;
        int[][] groups = Array.ConvertAll(sizes, size => new int[size]);
        Array.Clear(sizes);
        for (int slot = 0; slot < groupOfSlot.Length; slot++)
            groups[groupOfSlot[slot]][sizes[groupOfSlot[slot]]++] = slot;
        return groups;
    }
}
