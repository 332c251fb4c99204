namespace MLNet.DGating.Benchmarks;

/// <summary>Reads and appends the repetitions of the study, a line each, so that runs on several days add up.</summary>
internal static class StudyFile
{
    private const string Header = "date;cell;seed;true;better than constant;stable false;stable found;bound;" +
        "Fit false;found;of the first;FitPath false;found;of the first;L1 false;found;of the first;trees false;found;of the first;" +
        "information false;found;of the first;seconds";

    private const int FirstMethod = 8;

    public static StudyRepetition[] Read(string path) =>
        File.Exists(path) ? [.. File.ReadLines(path).Skip(1).Select(line => Parse(line.Split(';')))] : [];

    public static void Append(string path, StudyRepetition repetition)
    {
        string start = File.Exists(path) ? "" : Header + "\n";
        File.AppendAllText(path, start + Format(repetition) + "\n");
    }

    private static string Format(StudyRepetition repetition) => string.Join(';', (object[])
    [
        repetition.Date.ToString("yyyy-MM-dd"), repetition.Cell, repetition.Seed, repetition.Truth,
        repetition.IsBetterThanConstant ? 1 : 0,
        repetition.Stable is { } stable ? $"{stable.False};{stable.Found};{repetition.Bound:f4}" : ";;",
        Format(repetition.Fit), Format(repetition.OfPath),
        .. repetition.Baselines.Select(Format),
        repetition.Seconds.ToString("f1"),
    ]);

    private static string Format(StudyHits hits) => $"{hits.False};{hits.Found};{hits.Top}";

    private static StudyRepetition Parse(string[] values)
    {
        bool hasStable = values[5].Length > 0;
        return new StudyRepetition(
            DateOnly.ParseExact(values[0], "yyyy-MM-dd"), values[1], int.Parse(values[2]), int.Parse(values[3]), values[4] == "1",
            hasStable ? new StudyHits(int.Parse(values[5]), int.Parse(values[6]), 0) : null,
            hasStable ? double.Parse(values[7]) : double.NaN,
            Hits(values, 0), Hits(values, 1),
            [.. StudyRepetition.BaselineNames.Select((_, baseline) => Hits(values, 2 + baseline))], double.Parse(values[^1]));
    }

    private static StudyHits Hits(string[] values, int method) => new(
        int.Parse(values[FirstMethod + 3 * method]), int.Parse(values[FirstMethod + 3 * method + 1]),
        int.Parse(values[FirstMethod + 3 * method + 2]));
}
