using System.Globalization;
using MLNet.DGating.Tool.Progress;

namespace MLNet.DGating.Tool.Output;

/// <summary>Progress for a stream that is no terminal: a line when a phase begins, and one every half minute.</summary>
/// <param name="writer">The stream.</param>
/// <param name="time">The clock.</param>
internal sealed class PhaseLines(TextWriter writer, TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    private string? _words;
    private long _written;

    public void Show(TrainingMoment moment)
    {
        string words = PhaseWords.Of(moment);
        bool isNew = words != _words;
        if (!isNew && time.GetElapsedTime(_written) < s_interval)
        {
            return;
        }

        (_words, _written) = (words, time.GetTimestamp());
        string left = moment.TimeLeft is { } rest ? $", about {TimeText.Of(rest)} left" : "";
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * moment.Fraction),3:f0} %  {words}{left}"));
    }
}
