namespace MLNet.DGating.Benchmarks;

/// <summary>Measures rows scored a second and the latency of one row, and compares them with other models on the same rows.</summary>
internal static class Scoring
{
    private const int OnnxRows = 1000;

    public static void Run()
    {
        var test = new ScoringCase();
        using var peers = new ScoringPeers(test);
        Console.WriteLine(
            $"{ScoringCase.Kept} of {ScoringCase.Slots} slots, hidden {DGatingDefaults.HiddenNeurons}, " +
            $"{ScoringCase.Classes} classes, {ScoringCase.Rows} rows");
        Console.WriteLine();
        CursorCost.Report(test);
        Console.WriteLine();
        Peers(test, peers);
        Console.WriteLine();
        OneRow.Run(test, peers);
    }

    private static void Peers(ScoringCase test, ScoringPeers peers)
    {
        var ours = Rate.OfCursor(test.Model, test.Data, "Score");
        Console.WriteLine("| objects, Score | rows/s | processor time a row, µs | D-Gating is faster by the clock | by processor time |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        Line("D-Gating, ML.NET's cursor", ours);
        Line("FastTree one versus all, ML.NET's cursor", Rate.OfCursor(peers.FastTree, test.Data, "Score"));
        Line("LightGBM, ML.NET's cursor", Rate.OfCursor(peers.LightGbm, test.Data, "Score"));
        Line("ONNX Runtime, ML.NET's cursor", Rate.OfCursor(peers.Onnx, test.Data, "Score"));
        using var batches = new OnnxBatches(peers.OnnxBytes, OnnxRows);
        Line($"ONNX Runtime, {OnnxRows} rows a call, one thread", Rate.Of(() =>
        {
            for (int first = 0; first < ScoringCase.Rows; first += OnnxRows)
            {
                batches.Score(test.Inputs, first);
            }
        }));
        (double row, double layers) = TorchRowByRow.SecondsPerRow(test.Network, test.Inputs[0].Features);
        Line("TorchSharp, row by row", new Rate(row, row));
        Line("its layers alone", new Rate(layers, layers));

        void Line(string what, Rate rate) => Console.WriteLine(
            $"| {what} | {1 / rate.Clock:n0} | {1e6 * rate.Processor:f2} " +
            $"| {rate.Clock / ours.Clock:f1} times | {rate.Processor / ours.Processor:f1} times |");
    }
}
