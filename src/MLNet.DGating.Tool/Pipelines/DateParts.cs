using Microsoft.ML.Data;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The columns that a date becomes: years, season, weekday and time of day.</summary>
/// <remarks>
/// Season and time of day are periodic, so each is two numbers, the sine and the cosine of its angle; the weekday becomes a category. All
/// are computed of the ticks since the year 1. A text that is no date has no ticks, and its parts are missing.
/// </remarks>
internal sealed class DateParts(string column)
{
    private const string TicksOfDay = "864000000000L";
    private const string TicksOfYear = "315569520000000.0";
    private const string Turn = "6.283185307179586";

    /// <summary>The column of the weekday; 0 is Monday.</summary>
    public string Weekday => column + ".weekday";

    /// <summary>The columns that are numbers; the first holds the years.</summary>
    public string[] Numbers => [Years, column + ".season.sin", column + ".season.cos", column + ".time.sin", column + ".time.cos"];

    /// <summary>The columns that become features.</summary>
    public IEnumerable<string> All => Numbers.Append(Weekday);

    public IEnumerable<PipelineStep> Steps
    {
        get
        {
            string date = column + ".date", ticks = column + ".ticks";
            yield return new ConvertStep([(date, column)], DataKind.DateTime);
            yield return new ConvertStep([(ticks, date)], DataKind.Int64);
            yield return Part(Years, $"single(double(t) / {TicksOfYear} + 1.0)");
            yield return Part(column + ".season.sin", $"single(sin(double(t) / {TicksOfYear} * {Turn}))");
            yield return Part(column + ".season.cos", $"single(cos(double(t) / {TicksOfYear} * {Turn}))");
            yield return Part(Weekday, $"single((t / {TicksOfDay}) % 7L)");
            yield return Part(column + ".time.sin", $"single(sin(double(t % {TicksOfDay}) / 864000000000.0 * {Turn}))");
            yield return Part(column + ".time.cos", $"single(cos(double(t % {TicksOfDay}) / 864000000000.0 * {Turn}))");

            ExpressionStep Part(string output, string of) => new(output, $"t => t == 0L ? na(1f) : {of}", ticks);
        }
    }

    private string Years => column + ".years";
}
