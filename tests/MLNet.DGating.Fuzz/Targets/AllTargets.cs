using System.IO.Compression;
using MLNet.DGating.Fuzz.Mutation;
using Parquet;
using Parquet.Schema;

namespace MLNet.DGating.Fuzz.Targets;

/// <summary>Everything that reads files or words from outside.</summary>
internal static class AllTargets
{
    // Training is a hundred times as slow as reading.
    private const int FewRows = 60;

    public static IReadOnlyList<FuzzTarget> Create(Scratch scratch)
    {
        byte[] income = File.ReadAllBytes(scratch.Income), fare = File.ReadAllBytes(scratch.Fare);
        byte[] adult = File.ReadAllBytes(scratch.Adult), fares = File.ReadAllBytes(scratch.Fares);
        byte[] packed = Pack(adult), parquet = WriteParquet().GetAwaiter().GetResult();
        byte[] onnx = Export(scratch);
        byte[] few = [.. File.ReadLines(scratch.Fares).Take(FewRows).SelectMany(line => line + "\n").Select(letter => (byte)letter)];
        string[] predict = ["predict", "FILE", scratch.Adult, "--predictions-only"];
        return
        [
            new ToolTarget("model of classes", scratch, "m.zip", random => ZipMutations.Apply(random, income), predict)
            {
                Expected = Scratch.Run([.. predict.Select(word => word == "FILE" ? scratch.Income : word)]).Output,
            },
            new ToolTarget("model, page", scratch, "m.zip", random => ZipMutations.Apply(random, fare), "inspect", "FILE"),
            new EntryTarget("damaged network", scratch.Income, scratch.Adult, isHostile: false),
            new EntryTarget("hostile network", scratch.Fare, scratch.Fares, isHostile: true),
            new ToolTarget("csv", scratch, "t.csv", random => Changed(random, adult), "inspect", "FILE"),
            new ToolTarget("csv, predicted", scratch, "t.csv", random => Changed(random, fares), "predict", scratch.Fare, "FILE"),
            new ToolTarget("csv, explained", scratch, "t.csv", random => Changed(random, fares), "explain", scratch.Fare, "FILE"),
            new ToolTarget("csv, trained", scratch, "t.csv", random => Changed(random, few), "train", "FILE", "--label", "fare_amount",
                "-o", scratch["trained.zip"], "--force", "--features", "2") { Trains = true },
            new ToolTarget("tsv", scratch, "t.tsv", random => Changed(random, Tabbed(fares)), "inspect", "FILE"),
            new ToolTarget("gzip", scratch, "t.csv.gz", random => Changed(random, packed), "inspect", "FILE"),
            new ToolTarget("parquet", scratch, "t.parquet", random => Changed(random, parquet), "inspect", "FILE"),
            new ToolTarget("onnx, as a model", scratch, "m.onnx", random => Changed(random, onnx), "predict", "FILE", scratch.Fares),
            new NamesTarget(scratch),
            new RequestTarget(scratch.Fare),
            new OptionsTarget(scratch),
        ];
    }

    private static byte[] Changed(Random random, byte[] bytes) => ByteMutations.Apply(random, bytes, Words.Bytes);

    private static byte[] Tabbed(byte[] csv) => [.. csv.Select(letter => letter == (byte)',' ? (byte)'\t' : letter)];

    private static byte[] Export(Scratch scratch)
    {
        string path = scratch["fare.onnx"];
        Scratch.Run("export", scratch.Fare, "--onnx", "-o", path);
        return File.ReadAllBytes(path);
    }

    private static byte[] Pack(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static async Task<byte[]> WriteParquet()
    {
        var number = new DataField<double?>("x");
        var word = new DataField<string>("word");
        var stream = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(number, word), stream))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<double>(number, new double?[] { 1, 2.5, null, 4, 5 }.AsMemory());
            await group.WriteAsync(word, (IReadOnlyCollection<string?>)["a", "b", null, "d", "e"]);
        }

        return stream.ToArray();
    }
}
