using MLNet.DGating.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Divides the time of scoring through ML.NET's cursor among the source of the rows, the network, and ML.NET.</summary>
internal static class CursorCost
{
    public static void Report(ScoringCase test)
    {
        CollapsedNetwork network = test.Network;
        CollapsedNetwork.Scratch scratch = network.CreateScratch();
        float[] scores = new float[ScoringCase.Classes];
        ValueMapper<VBuffer<float>, VBuffer<float>> map = network.CreateVectorMapper(InverseLink.Of(Link.Softmax));
        VBuffer<float>[] buffers = Array.ConvertAll(test.Inputs, row => new VBuffer<float>(ScoringCase.Slots, row.Features));
        VBuffer<float> probabilities = default;

        var spans = Rate.Of(() => Array.ForEach(test.Inputs, row => network.Score(row.Features, scores, scratch)));
        Console.WriteLine("| ns a row | by the clock | of processor time | speed of spans, by the clock | of processor time |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        Line("spans, scores", spans);
        Line("the delegate that ML.NET calls: probabilities", Rate.Of(() => Array.ForEach(buffers, row => map(in row, ref probabilities))));
        foreach ((string name, IDataView rows) in Sources(test))
        {
            Line($"{name}: the source alone", Rate.Of(() => Rate.Read(rows, "Features")));
            Line($"{name}: Score", Rate.OfCursor(test.Model, rows, "Score"));
            Line($"{name}: Score and PredictedLabel", Rate.OfCursor(test.Model, rows, "Score", "PredictedLabel"));
        }

        void Line(string what, Rate rate) => Console.WriteLine(
            $"| {what} | {1e9 * rate.Clock:f0} | {1e9 * rate.Processor:f0} " +
            $"| {spans.Clock / rate.Clock:p0} | {spans.Processor / rate.Processor:p0} |");
    }

    // The sources are one with hardly any cost, ML.NET's cache (which it can read in parallel), and objects as users have them.
    private static IEnumerable<(string Name, IDataView Rows)> Sources(ScoringCase test)
    {
        void Copy(long row, Span<float> features) => test.Inputs[row].Features.CopyTo(features);

        yield return ("copied rows", new GeneratedView(ScoringCase.Rows, ScoringCase.Slots, ScoringCase.Classes, Copy, _ => 0));
        IDataView cached = test.Context.Data.Cache(test.Data, "Features");
        Rate.Read(cached, "Features");
        yield return ("cached rows", cached);
        yield return ("objects", test.Data);
    }
}
