using Microsoft.ML.Internal.Utilities;

namespace MLNet.DGating;

/// <summary>Writes and reads <see cref="SelectionData"/>. The selected slots are the network's and not written twice.</summary>
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
    // the rest since WithEvidence
    // byte: 1 if selection frequencies were measured, else 0
    // double[g]: the frequency of each feature, 0 to 1; only if measured
    // byte: 1 if there is a certificate, else 0
    // double, double, double, double, int, int: the certificate; only if there is one
    // the rest since WithChoice
    // byte: 1 if the model is better than a constant, else 0
    // byte: 1 if the number of features was chosen, else 0
    // int, int, double: held-out rows, folds, agreement; only if chosen
    public static void Write(BinaryWriter writer, SelectionData data)
    {
        writer.Write(data.FeatureColumnName);
        writer.WriteBoolByte(data.Metadata.Names is not null);
        foreach (string name in data.Metadata.Names ?? [])
        {
            writer.Write(name);
        }

        writer.Write(data.Metadata.CategoricalRanges.Length / 2);
        writer.WriteIntsNoCount(data.Metadata.CategoricalRanges);

        writer.Write(data.Groups.Length);
        writer.WriteIntsNoCount(GroupOfSlot(data));
        writer.WriteDoublesNoCount(data.LambdaOut);
        writer.WriteSinglesNoCount(data.Importance);
        writer.Write(data.ConstantSlots.Length);
        writer.WriteIntsNoCount(data.ConstantSlots);

        writer.WriteBoolByte(data.Frequency is not null);
        writer.WriteDoublesNoCount(data.Frequency ?? []);
        writer.WriteBoolByte(data.Certificate is not null);
        if (data.Certificate is { } certificate)
        {
            writer.Write(certificate.Lambda);
            writer.Write(certificate.GateDepth);
            writer.Write(certificate.ActiveResidual);
            writer.Write(certificate.ZeroGroupRatio);
            writer.Write(certificate.ActiveGroups);
            writer.Write(certificate.ZeroGroups);
        }

        writer.WriteBoolByte(data.IsBetterThanConstant);
        writer.WriteBoolByte(data.Choice is not null);
        if (data.Choice is { } choice)
        {
            writer.Write(choice.HeldOutRows);
            writer.Write(choice.Folds);
            writer.Write(choice.Agreement);
        }
    }

    public static SelectionData Read(CheckedReader reader, int slotCount, int[] selectedSlots, uint version)
    {
        string column = reader.ReadString("the feature column's name");
        string[]? names = null;
        if (reader.ReadFlag("the presence of slot names"))
        {
            var read = new List<string>();
            while (read.Count < slotCount)
            {
                read.Add(reader.ReadString("a slot's name"));
            }

            names = [.. read];
        }

        int rangeCount = reader.ReadInt(0, slotCount, "the number of categorical ranges");
        int[] ranges = reader.ReadInts(2 * rangeCount, 0, slotCount - 1, "the categorical ranges");
        int groupCount = reader.ReadInt(1, slotCount, "the number of features");
        int[] groupOfSlot = reader.ReadInts(slotCount, 0, groupCount - 1, "the features of the slots");
        double[] lambdaOut = reader.ReadDoubles(groupCount, "the path's lambdas");
        float[] importance = reader.ReadFloats(selectedSlots.Length, "the importances");
        int constantCount = reader.ReadInt(0, slotCount, "the number of constant slots");
        int[] constantSlots = reader.ReadInts(constantCount, 0, slotCount - 1, "the constant slots");
        bool hasEvidence = version >= FormatVersion.WithEvidence;
        bool hasFrequency = hasEvidence && reader.ReadFlag("the presence of frequencies");
        double[]? frequency = hasFrequency ? reader.ReadDoubles(groupCount, "the frequencies") : null;
        bool hasCertificate = hasEvidence && reader.ReadFlag("the presence of a certificate");
        StationarityCertificate? certificate = hasCertificate ? ReadCertificate(reader, groupCount) : null;
        bool hasChoice = version >= FormatVersion.WithChoice;
        bool isBetterThanConstant = !hasChoice || reader.ReadFlag("whether the model is better than a constant");
        bool isChosen = hasChoice && reader.ReadFlag("the presence of a choice");

        return new SelectionData
        {
            FeatureColumnName = column,
            SlotCount = slotCount,
            Metadata = new SlotMetadata(names, ranges),
            Groups = GroupsOf(groupOfSlot, groupCount),
            LambdaOut = lambdaOut,
            SelectedSlots = selectedSlots,
            Importance = importance,
            ConstantSlots = constantSlots,
            Frequency = frequency,
            Certificate = certificate,
            IsBetterThanConstant = isBetterThanConstant,
            Choice = isChosen ? ReadChoice(reader) : null,
        };
    }

    private static FeatureCountChoice ReadChoice(CheckedReader reader) => new()
    {
        HeldOutRows = reader.ReadInt(1, int.MaxValue, "the held-out rows"),
        Folds = reader.ReadInt(1, int.MaxValue, "the folds"),
        Agreement = reader.ReadDouble("the agreement"),
    };

    private static StationarityCertificate ReadCertificate(CheckedReader reader, int groupCount) => new()
    {
        Lambda = reader.ReadDouble("the certificate"),
        GateDepth = reader.ReadDouble("the certificate"),
        ActiveResidual = reader.ReadDouble("the certificate"),
        ZeroGroupRatio = reader.ReadDouble("the certificate"),
        ActiveGroups = reader.ReadInt(0, groupCount, "the certificate"),
        ZeroGroups = reader.ReadInt(0, groupCount, "the certificate"),
    };

    private static int[] GroupOfSlot(SelectionData data)
    {
        int[] groupOfSlot = new int[data.SlotCount];
        for (int group = 0; group < data.Groups.Length; group++)
        {
            foreach (int slot in data.Groups[group])
            {
                groupOfSlot[slot] = group;
            }
        }

        return groupOfSlot;
    }

    private static int[][] GroupsOf(int[] groupOfSlot, int groupCount)
    {
        int[] sizes = new int[groupCount];
        foreach (int group in groupOfSlot)
        {
            sizes[group]++;
        }

        int[][] groups = Array.ConvertAll(sizes, size => new int[size]);
        Array.Clear(sizes);
        for (int slot = 0; slot < groupOfSlot.Length; slot++)
        {
            groups[groupOfSlot[slot]][sizes[groupOfSlot[slot]]++] = slot;
        }

        return groups;
    }
}
