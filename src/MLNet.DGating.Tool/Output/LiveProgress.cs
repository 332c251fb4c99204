using System.Globalization;
using MLNet.DGating.Tool.Progress;
using Spectre.Console;

namespace MLNet.DGating.Tool.Output;

/// <summary>A bar of all work, with the time that is left and, where there is room, λ, the number of features left, and the loss.</summary>
internal sealed class LiveProgress
{
    // Below the first width there is room for the bar and the time alone, below the second for the phase.
    private const int WidthOfWords = 64, WidthOfNumbers = 110;

    private readonly ProgressTask _task;
    private readonly int _width;

    private LiveProgress(ProgressTask task, int width)
    {
        _task = task;
        _width = width;
    }

    /// <summary>Runs a training and shows its progress.</summary>
    public static T Run<T>(IAnsiConsole console, Func<StagedProgress, T> train)
    {
        int width = console.Profile.Width;
        var description = new TaskDescriptionColumn { Alignment = Justify.Left };
        var bar = new ProgressBarColumn { Width = Math.Clamp(width / 4, 8, 40) };
        ProgressColumn[] columns = width < WidthOfWords
            ? [bar, new PercentageColumn(), description]
            : [new SpinnerColumn(), bar, new PercentageColumn(), description];
        return console.Progress().AutoClear(true).Columns(columns).Start(context =>
        {
            ProgressTask task = context.AddTask(width < WidthOfWords ? "" : "Reading rows", maxValue: 1);
            var live = new LiveProgress(task, width);
            T result = train(new StagedProgress(live.Show));
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
        string[] parts = _width < WidthOfWords ? [left] : _width < WidthOfNumbers ? [left, phase] : [left, phase, numbers];
        _task.Description = Markup.Escape(string.Join("; ", parts.Where(part => part.Length > 0)));
    }
}
