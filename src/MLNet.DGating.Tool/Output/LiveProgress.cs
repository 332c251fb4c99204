using System.Globalization;
using Spectre.Console;

namespace MLNet.DGating.Tool.Output;

/// <summary>A bar that moves as features leave, with λ, the features that are left and the loss.</summary>
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

    public static T Run<T>(IAnsiConsole console, Func<IProgress<DGatingProgress>, T> train) => console.Progress()
        .HideCompleted(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
        .Start(context =>
        {
            var progress = new LiveProgress(context);
            T result = train(progress);
            progress._task?.StopTask();
            return result;
        });

    public void Report(DGatingProgress value)
    {
        if (value.Phase != _phase)
        {
            _phase = value.Phase;
            _task?.StopTask();
            _task = _context.AddTask(PhaseWords.Of(value.Phase));
        }

        // How long the other phases take is not known; on the path the features that have left say it.
        _features = Math.Max(_features, value.FeatureCount);
        _task!.IsIndeterminate = value.Phase != DGatingPhase.Path;
        _task.MaxValue = _features;
        _task.Value = value.Phase == DGatingPhase.Path ? _features - value.FeatureCount : 0;
        _task.Description = string.Create(CultureInfo.InvariantCulture,
            $"{PhaseWords.Of(value.Phase)}: λ {value.Lambda:g3}, {value.FeatureCount} features, loss {value.TrainingLoss:g4}");
    }
}
