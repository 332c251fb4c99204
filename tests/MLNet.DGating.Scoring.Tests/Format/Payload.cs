using CsCheck;
using MLNet.DGating.Scoring.Tests.Network;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating.Scoring.Tests.Format;

/// <summary>The parts of a saved model, to write as bytes and to read back.</summary>
internal sealed record Payload(CollapsedNetwork Network, SelectionData Selection, DGatingPathPoint[] Path)
{
    private static readonly IExceptionContext s_context = (IHostEnvironment)new MLContext();

    public static Gen<Payload> Any { get; } =
        from network in Networks.OfAnyEncoding
        from seed in Gen.Int
        select Create(network, new Random(seed));

    public byte[] Write()
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        NetworkFormat.Write(writer, Network);
        SelectionFormat.Write(writer, Selection);
        PathFormat.Write(writer, Path);
        return stream.ToArray();
    }

    public static Payload Read(ReadOnlySpan<byte> bytes, uint version = FormatVersion.Current)
    {
        var reader = new CheckedReader(s_context, new BinaryReader(new MemoryStream(bytes.ToArray())), bytes.Length);
        CollapsedNetwork network = NetworkFormat.Read(reader, version);
        SelectionData selection = SelectionFormat.Read(reader, network.Inputs.SlotCount, network.Inputs.Slots.ToArray(), version);
        reader.Build(() => new FeatureSelectionReport(selection));
        return new Payload(network, selection, PathFormat.Read(reader, version));
    }

    private static Payload Create(CollapsedNetwork network, Random random)
    {
        int slotCount = network.Inputs.SlotCount;
        int[] selected = network.Inputs.Slots.ToArray();
        IEnumerable<int> slots = Enumerable.Range(0, slotCount);
        int[][] groups = [.. slots.GroupBy(slot => slot / random.Next(1, 4)).Select(group => group.ToArray())];
        string[]? names = random.Next(2) == 0 ? null : [.. slots.Select(slot => random.Next(4) == 0 ? "" : $"Süß.{slot}")];
        var selection = new SelectionData
        {
            FeatureColumnName = "Features",
            SlotCount = slotCount,
            Metadata = new SlotMetadata(names, slotCount > 3 ? [1, 1, 2, 3] : []),
            Groups = groups,
            LambdaOut = [.. groups.Select((_, i) => i % 2 == 0 ? double.PositiveInfinity : i)],
            SelectedSlots = selected,
            Importance = network.InputNorms(),
            ConstantSlots = [.. slots.Except(selected).Where(_ => random.Next(2) == 0)],
            Frequency = random.Next(2) == 0 ? null : [.. groups.Select(_ => random.NextDouble())],
            Certificate = random.Next(2) == 0 ? null : Certificate(random, groups.Length),
            IsBetterThanConstant = random.Next(2) == 0,
            Choice = random.Next(2) == 0 ? null : new() { HeldOutRows = 100, Folds = 5, Agreement = random.NextDouble() },
        };
        return new Payload(network, selection, [.. Enumerable.Range(0, random.Next(4)).Select(i => Point(random, i, slotCount))]);
    }

    private static StationarityCertificate Certificate(Random random, int groups) => new()
    {
        Lambda = 0.1,
        GateDepth = 2,
        ActiveResidual = random.NextDouble(),
        ZeroGroupRatio = double.NaN,
        ActiveGroups = groups,
        ZeroGroups = 0,
    };

    private static DGatingPathPoint Point(Random random, double lambda, int features) => new()
    {
        Lambda = lambda,
        FeatureCount = features,
        TrainingLoss = 0.5,
        ValidationLoss = double.NaN,
        Metric = random.NextDouble(),
    };
}
