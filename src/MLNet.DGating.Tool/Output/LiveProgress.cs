using System.Globalization;
using Spectre.Console;

namespace MLNet.DGating.Tool.Output;

/// <summary>A progress bar that moves as features leave, with λ, the number of features that are left, and the loss.</summary>
internal sealed class LiveProgress : IProgress<DGatingProgress>
{
    private readonly ProgressContext _context;
    private ProgressTask? _task;
    private DGatingPhase? _phase;
    private int _features;

    private LiveProgress(ProgressContext context)
    {
        _context = context;
    }

    /// <summary>Runs a training and shows its progress.</summary>
    public static T Run<T>(IAnsiConsole console, Func<IProgress<DGatingProgress>, T> train)
    {
        var description = new TaskDescriptionColumn { Alignment = Justify.Left };
        return console.Progress()
            .HideCompleted(true)
            .Columns(new SpinnerColumn(), description, new ProgressBarColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                var progress = new LiveProgress(context);
                T result = train(progress);
                progress._task?.StopTask();
                return result;
            });
    }

    public void Report(DGatingProgress value)
    {
        if (value.Phase != _phase)
        {
            _phase = value.Phase;
            _task?.StopTask();
            _task = _context.AddTask(PhaseWords.Of(value.Phase));
        }

        // The path is as far as features have left. The length of the other phases is not known.
        _features = Math.Max(_features, value.FeatureCount);
        _task!.IsIndeterminate = value.Phase != DGatingPhase.Path;
        _task.MaxValue = _features;
        _task.Value = value.Phase == DGatingPhase.Path ? _features - value.FeatureCount : 0;
        _task.Description = string.Create(CultureInfo.InvariantCulture,
            $"{PhaseWords.Of(value.Phase)}: λ {value.Lambda:g3}, {value.FeatureCount} features, loss {value.TrainingLoss:g4}");
    }
}
