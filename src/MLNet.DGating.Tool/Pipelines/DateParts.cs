using Microsoft.ML.Data;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The columns that a date becomes: years, season, weekday and time of day.</summary>
/// <remarks>
/// Season and time of day are periodic, so each is two numbers, the sine and the cosine of its angle; the weekday becomes a category. All
/// are computed of the ticks since the year 1. A text that is no date has no ticks, and its parts are missing.
/// </remarks>
internal sealed class DateParts(PipelineNames names, string column)
{
    private const string TicksOfDay = "864000000000L";
    private const string TicksOfYear = "315569520000000.0";
    private const string Turn = "6.283185307179586";

    /// <summary>The column of the weekday; 0 is Monday.</summary>
    public string Weekday => names.Part(column, "weekday");

    /// <summary>The columns that are numbers; the first holds the years.</summary>
    public string[] Numbers => [Years, SeasonSine, SeasonCosine, TimeSine, TimeCosine];

    /// <summary>The columns that become features.</summary>
    public IEnumerable<string> All => Numbers.Append(Weekday);

    public IEnumerable<PipelineStep> Steps
    {
        get
        {
            string date = names.Part(column, "date"), ticks = names.Part(column, "ticks");
            yield return new ConvertStep([(date, column)], DataKind.DateTime);
            yield return new ConvertStep([(ticks, date)], DataKind.Int64);
            yield return Part(Years, $"single(double(t) / {TicksOfYear} + 1.0)");
            yield return Part(SeasonSine, $"single(sin(double(t) / {TicksOfYear} * {Turn}))");
            yield return Part(SeasonCosine, $"single(cos(double(t) / {TicksOfYear} * {Turn}))");
            yield return Part(Weekday, $"single((t / {TicksOfDay}) % 7L)");
            yield return Part(TimeSine, $"single(sin(double(t % {TicksOfDay}) / 864000000000.0 * {Turn}))");
            yield return Part(TimeCosine, $"single(cos(double(t % {TicksOfDay}) / 864000000000.0 * {Turn}))");

            ExpressionStep Part(string output, string of) => new(output, $"t => t == 0L ? na(1f) : {of}", ticks);
        }
    }

    private string Years => names.Part(column, "years");

    private string SeasonSine => names.Part(column, "season.sin");

    private string SeasonCosine => names.Part(column, "season.cos");

    private string TimeSine => names.Part(column, "time.sin");

    private string TimeCosine => names.Part(column, "time.cos");
}
