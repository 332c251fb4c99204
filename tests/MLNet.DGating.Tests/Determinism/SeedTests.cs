using Microsoft.ML;

namespace MLNet.DGating.Tests.Determinism;

/// <summary>Same seed, same bits.</summary>
public class SeedTests
{
    private readonly DataRow[] _rows = Planted.Linear(120, 8, 2, seed: 1);

    [Theory, AllTasks]
    public void Fit_WithTheSameContextSeed_GivesTheSameBits(string task) => Assert.Equal(Fit(task, 5), Fit(task, 5));

    [Theory, AllTasks]
    public void Fit_TwiceWithOneContextOrOneTrainer_GivesTheSameBits(string task)
    {
        var context = new MLContext(seed: 5);
        IEstimator<ITransformer> trainer = TrainingTask.Get(task).Trainer(context, change: Open);
        IDataView data = DataRow.View(context, _rows);
        byte[] first = new Fitted(trainer.Fit(data)).Bits(context, _rows);
        Assert.Equal(first, new Fitted(trainer.Fit(data)).Bits(context, _rows));
        Assert.Equal(first, TrainingTask.Get(task).Fit(context, data, change: Open).Bits(context, _rows));
    }

    [Theory, AllTasks]
    public void Fit_WithAnyNumberOfThreads_GivesTheSameBits(string task)
    {
        byte[] one = Fit(task, 5, options => options.NumberOfThreads = 1);
        Assert.Equal(one, Fit(task, 5, options => options.NumberOfThreads = 2));
        Assert.Equal(one, Fit(task, 5, options => options.NumberOfThreads = null));
    }

    [Theory, AllTasks]
    public void Fit_WithAnotherSeed_GivesOtherBits(string task) => Assert.NotEqual(Fit(task, 5), Fit(task, 6));

    [Theory, AllTasks]
    public void Fit_WithoutASeed_DiffersEveryTime(string task) => Assert.NotEqual(Fit(task, null), Fit(task, null));

    [Theory, AllTasks]
    public void OptionsSeed_WinsOverTheContexts(string task)
    {
        byte[] expected = Fit(task, 5);
        Assert.Equal(expected, Fit(task, null, options => options.Seed = 5));
        Assert.Equal(expected, Fit(task, 6, options => options.Seed = 5));
        Assert.NotEqual(expected, Fit(task, 5, options => options.Seed = 0));
    }

    [Theory, AllTasks]
    public async Task Fit_InParallel_GivesTheSameBitsAsOneAfterTheOther(string task)
    {
        byte[][] sequential = [Fit(task, 5), Fit(task, 6)];
        byte[][] parallel = await Task.WhenAll(Task.Run(() => Fit(task, 5)), Task.Run(() => Fit(task, 6)));
        Assert.Equal(sequential, parallel);
    }

    private byte[] Fit(string task, int? seed, Action<DGatingTrainerOptions>? change = null)
    {
        var context = new MLContext(seed);
        return TrainingTask.Get(task).Fit(context, _rows, change: options =>
        {
            Open(options);
            change?.Invoke(options);
        }).Bits(context, _rows);
    }

    // With noise and count left open there are trial runs, which is what threads are for.
    private static void Open(DGatingTrainerOptions options) => options.InputNoise = null;
}
