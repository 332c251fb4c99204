using System.Globalization;
using MLNet.DGating.Tool.Progress;
using Spectre.Console;

namespace MLNet.DGating.Tool.Output;

/// <summary>A bar of all work, with the time that is left and, where there is room, λ, the number of features left, and the loss.</summary>
internal sealed class LiveProgress
{
    // Below it there is no room for a spinner.
    private const int WidthOfSpinner = 64;

    // The percentage, the spinner and the spaces between columns, and the last column, where some terminals break a line.
    private const int WidthOfTheRest = 12;

    private readonly ProgressTask _task;
    private readonly int _room;

    private LiveProgress(ProgressTask task, int room)
    {
        _task = task;
        _room = room;
    }

    /// <summary>Runs a training and shows its progress, on one line of any terminal.</summary>
    public static T Run<T>(IAnsiConsole console, Func<Action<TrainingMoment>, T> train)
    {
        int width = console.Profile.Width;
        var description = new TaskDescriptionColumn { Alignment = Justify.Left };
        var bar = new ProgressBarColumn { Width = Math.Clamp(width / 5, 6, 40) };
        ProgressColumn[] columns = width < WidthOfSpinner
            ? [bar, new PercentageColumn(), description]
            : [new SpinnerColumn(), bar, new PercentageColumn(), description];
        return console.Progress().AutoClear(true).Columns(columns).Start(context =>
        {
            ProgressTask task = context.AddTask("Reading rows", maxValue: 1);
            var live = new LiveProgress(task, width - bar.Width.Value - WidthOfTheRest);
            T result = train(live.Show);
            task.Value = 1;
            return result;
        });
    }

    private void Show(TrainingMoment moment)
    {
        _task.Value = moment.Fraction;
        string left = moment.TimeLeft is { } time ? $"{TimeText.Of(time)} left" : "";
        string phase = PhaseWords.Of(moment);
        string numbers = string.Create(CultureInfo.InvariantCulture,
            $"λ {moment.Training.Lambda:g3}, {moment.Training.FeatureCount} features, loss {moment.Training.TrainingLoss:g4}");
        _task.Description = Markup.Escape(Fitting([left, phase, numbers], _room));
    }

    // As many parts as there is room for, the first ones first.
    private static string Fitting(string[] parts, int room)
    {
        string text = "";
        foreach (string part in parts.Where(part => part.Length > 0))
        {
            string longer = text.Length == 0 ? part : $"{text}; {part}";
            if (longer.Length > room)
            {
                break;
            }

            text = longer;
        }

        // A task must have a text.
        return text.Length == 0 ? "…" : text;
    }
}
