using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Torch.ModelSelection.Checkpoints;

namespace MLNet.DGating.Tests.Determinism;

/// <summary>A fit that goes on from a checkpoint gives the bits of one that was never interrupted.</summary>
[Collection(nameof(Alone))]
public sealed class CheckpointTests : IDisposable
{
    private const int Seed = 3;

    private static readonly Dictionary<string, Func<DGatingTrainerOptions, byte[]>> s_fits = new()
    {
        ["fit"] = options => Fit(options),
        ["fit that chooses noise and encoding"] = options =>
        {
            options.InputNoise = null;
            options.NumericEncoding = DGatingNumericEncoding.Auto;
            return Fit(options);
        },
        ["embeddings"] = options =>
        {
            options.NumericEncoding = DGatingNumericEncoding.Embedding;
            return Fit(options);
        },
        ["curves"] = options =>
        {
            options.Shape = DGatingModelShape.Additive;
            options.HiddenLayers = [];
            return Fit(options);
        },
        ["ensemble"] = options =>
        {
            (options.MaximumFeatureCount, options.NumberOfRuns, options.EnsembleSize) = (2, 2, 2);
            return Fit(options);
        },
        ["continued"] = options =>
        {
            var context = new MLContext(Seed);
            DataRow[] rows = Planted.Linear(120, 6, 2, seed: 2);
            return new Fitted(Trainer(options).Fit(DataRow.View(context, rows), Trainer(Options()).Fit(Rows()).Model)).Bits(context, rows);
        },
        ["certificate"] = options =>
        {
            (options.Lambda, options.ComputeCertificate) = (0.01, true);
            return Fit(options);
        },
        ["stream"] = options =>
        {
            (options.MaximumRowMemory, options.MaximumFeatureCount) = (1, 2);
            return new Fitted(Trainer(options).Fit(Streamed())).Bits(new MLContext(Seed), Planted.Linear(100, 6, 2, seed: 2));
        },
        ["streamed path"] = options =>
        {
            options.MaximumRowMemory = 1;
            return Text(Trainer(options).FitPath(Streamed()));
        },
        ["streamed stability"] = options =>
        {
            options.MaximumRowMemory = 1;
            return Text(Trainer(options).FitStability(Streamed(), pairs: 1));
        },
        ["sparse"] = options =>
        {
            options.MaximumFeatureCount = 3;
            return Fit(options, Planted.Words(300, 200, seed: 1));
        },
        ["path"] = options => Text(Trainer(options).FitPath(Rows())),
        ["cross-validated path"] = options => Text(Trainer(options).FitPathCrossValidated(Rows(), folds: 2)),
        ["stability"] = options => Text(Trainer(options).FitStability(Rows(), pairs: 2)),
        ["knockoffs"] = options => Text(Trainer(options).FitKnockoffs(Rows())),
        ["search"] = options => Text(string.Join('\n', Trainer(options).FitBest(Rows(), trials: 2).Leaderboard.Trials
            .Select(trial => $"{trial.Settings} {trial.Rung} {trial.BoundedLoss:r}"))),
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dgating-checkpoint");

    public static TheoryData<string> Fits => [.. s_fits.Keys];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, MemberData(nameof(Fits))]
    public void GoingOn_GivesTheSameBits_FromAnyMoment(string fit)
    {
        byte[] whole = s_fits[fit](Options());
        DGatingProgress[] steps = Followed(fit, int.MaxValue, threads: 1);
        int reports = steps.Length;
        foreach (double moment in (double[])[0.1, 0.6, 0.9])
        {
            int stop = (int)(moment * reports);
            Stopped(fit, stop, threads: 1);
            Assert.True(File.Exists(Copy), $"There is no checkpoint at {stop} of {reports} reports.");
            var progress = new Recorder();
            DGatingTrainerOptions options = Options();
            (options.CheckpointPath, options.Progress) = (Copy, progress);
            byte[] goneOn = s_fits[fit](options);
            Assert.True(whole.SequenceEqual(goneOn), $"Other bits from report {stop} of {reports} on.");
            // A result may be the same by chance: of a path it may have the choice of features alone, and of a fit the best round.
            int left = reports - stop;
            Assert.Equal(steps.TakeLast(left).Select(Step), progress.All.TakeLast(left).Select(Step));
            Assert.False(File.Exists(Copy), "The checkpoint of a fit that has ended is left.");
        }
    }

    [Fact]
    public void GoingOn_OnMoreThreads_GivesTheSameBits()
    {
        byte[] whole = s_fits["stability"](Options());
        Stopped("stability", 40, threads: 2);
        DGatingTrainerOptions options = Options();
        (options.CheckpointPath, options.NumberOfThreads) = (Copy, 1);
        Assert.Equal(whole, s_fits["stability"](options));
    }

    [Fact]
    public void GoingOn_SaysFromWhat()
    {
        int reports = Stopped("path", int.MaxValue, threads: 1);
        Stopped("path", reports / 2, threads: 1);
        var context = new MLContext(Seed);
        var log = new MessageLog(context);
        DGatingRegressionTrainer.Options options = Options();
        options.CheckpointPath = Copy;
        context.Regression.Trainers.DGating(options).FitPath(Rows());
        string message = Assert.Single(log.Information, text => text.Contains("Going on from the checkpoint", StringComparison.Ordinal));
        Assert.Matches("[1-9][0-9]* runs had ended", message);
    }

    [Fact]
    public void ACancelledFit_KeepsItsCheckpoint_AndOneThatEnds_DeletesIt()
    {
        using var source = new CancellationTokenSource();
        string path = Path.Combine(_folder.FullName, "cancelled");
        DGatingTrainerOptions options = Options();
        (options.CheckpointPath, options.CheckpointInterval) = (path, TimeSpan.FromTicks(1));
        options.CancellationToken = source.Token;
        options.Progress = new Recorder { Then = progress => Cancel(progress, source) };
        Assert.ThrowsAny<OperationCanceledException>(() => Fit(options));
        Assert.True(File.Exists(path));
        DGatingTrainerOptions again = Options();
        again.CheckpointPath = path;
        Assert.Equal(Fit(Options()), Fit(again));
        Assert.Empty(_folder.GetFiles());

        static void Cancel(DGatingProgress progress, CancellationTokenSource source)
        {
            if (progress.Phase == DGatingPhase.Refit)
            {
                source.Cancel();
            }
        }
    }

    [Theory]
    [InlineData("rows", "of other rows")]
    [InlineData("seed", "seed")]
    [InlineData("options", "other options")]
    [InlineData("labels", "of other rows")]
    public void ACheckpointOfAnotherFit_IsRefused_WithTheReason(string what, string reason)
    {
        Stopped("fit", 8, threads: 1);
        DGatingTrainerOptions options = Options();
        options.CheckpointPath = Copy;
        options.Seed = what == "seed" ? Seed + 1 : Seed;
        options.LearningRate *= what == "options" ? 2 : 1;
        DataRow[] rows = Planted.Linear(120, 6, 2, seed: what == "rows" ? 2 : 1);
        if (what == "labels")
        {
            rows[5].Target += 1;
        }

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Fit(options, rows));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("Delete it to begin anew", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Copy), "A checkpoint that was refused is kept.");
    }

    [Fact]
    public void ADamagedCheckpoint_IsRefused_WhereverTheDamageIs()
    {
        Stopped("fit", 8, threads: 1);
        byte[] good = File.ReadAllBytes(Copy);
        var random = new Random(1);
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. good];
            damaged[i == 0 ? 0 : random.Next(good.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(Copy, i % 3 == 2 ? damaged[..random.Next(good.Length)] : damaged);
            DGatingTrainerOptions options = Options();
            options.CheckpointPath = Copy;
            InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Fit(options));
            Assert.Contains("cannot be gone on from", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DamagedResults_AreRefused()
    {
        Stopped("path", Stopped("path", int.MaxValue, threads: 1) / 2, threads: 1);
        string results = Copy + ".runs";
        byte[] good = File.ReadAllBytes(results);
        foreach (byte[] damaged in (byte[][])[good[..^1], [], [.. good[..^9], (byte)(good[^9] ^ 1), .. good[^8..]]])
        {
            File.WriteAllBytes(results, damaged);
            DGatingRegressionTrainer.Options options = Options();
            options.CheckpointPath = Copy;
            InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Trainer(options).FitPath(Rows()));
            Assert.Contains("cannot be gone on from", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ACheckpoint_WithRoomForAPart_KeepsNoMore_AndIsGoneOnFrom_WithTheSameBits()
    {
        const long index = 3_000;
        byte[] whole = s_fits["path"](Options());
        (long full, int warnings) = Bounded(long.MaxValue);
        Assert.Equal(0, warnings);
        Assert.True(full > 6 * index, $"There are {full} bytes to bound.");
        foreach (long largest in (long[])[0, full / 4, full / 2])
        {
            (long most, warnings) = Bounded(largest);
            Assert.InRange(most, 1, largest + index);
            Assert.Equal(1, warnings);
            DGatingTrainerOptions options = Options();
            options.CheckpointPath = Copy;
            Assert.Equal(whole, s_fits["path"](options));
        }

        // Gives the most bytes that the files had, and how many warnings there were; a copy of them is from halfway.
        (long Most, int Warnings) Bounded(long largest)
        {
            string path = Path.Combine(_folder.FullName, "bounded");
            string[] files = [path, path + ".runs"];
            long most = 0;
            var checkpoint = new FitCheckpoint(path, TimeSpan.FromTicks(1), isShared: true, goesOn: false, largest);
            DGatingRegressionTrainer.Options options = Options();
            options.SharedCheckpoint = checkpoint;
            options.Progress = new Recorder
            {
                Then = _ =>
                {
                    most = Math.Max(most, files.Where(File.Exists).Sum(file => new FileInfo(file).Length));
                    if (most > largest / 2 && !File.Exists(Copy) && File.Exists(path))
                    {
                        CopyResults(path);
                        File.Copy(path, Copy);
                    }
                },
            };
            var context = new MLContext(Seed);
            var log = new MessageLog(context);
            Assert.Equal(whole, Text(context.Regression.Trainers.DGating(options).FitPath(Rows())));
            checkpoint.Delete();
            return (most, log.Warnings.Count(text => text.Contains("what is beyond is not kept", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void ACheckpoint_ThatCannotBeWritten_IsRefusedBeforeTheFit()
    {
        DGatingTrainerOptions options = Options();
        options.CheckpointPath = _folder.FullName;
        Assert.Throws<ArgumentException>(() => Fit(options));
        options.CheckpointPath = Path.Combine(_folder.FullName, "none", "checkpoint");
        Assert.Throws<DirectoryNotFoundException>(() => Fit(options));
    }

    private string Copy => Path.Combine(_folder.FullName, "copy");

    // Carries out a fit, and copies its checkpoint at a moment, as if it had been killed then; gives the number of reports.
    private int Stopped(string fit, int moment, int threads) => Followed(fit, moment, threads).Length;

    private DGatingProgress[] Followed(string fit, int moment, int threads)
    {
        string path = Path.Combine(_folder.FullName, "checkpoint");
        File.Delete(Copy);
        File.Delete(Copy + ".runs");
        int reports = 0;
        DGatingTrainerOptions options = Options();
        (options.CheckpointPath, options.CheckpointInterval, options.NumberOfThreads) = (path, TimeSpan.FromTicks(1), threads);
        var progress = new Recorder
        {
            Then = _ =>
            {
                if (++reports >= moment && !File.Exists(Copy) && File.Exists(path))
                {
                    CopyResults(path);
                    File.Copy(path, Copy);
                }
            },
        };
        options.Progress = progress;
        s_fits[fit](options);
        return [.. progress.All];
    }

    // What an iteration came to; how long it took, and so what is left, differs.
    private static (DGatingPhase, int, double, int, double) Step(DGatingProgress report) =>
        (report.Phase, report.Iteration, report.Lambda, report.FeatureCount, report.TrainingLoss);

    // They may have been written a moment after the file that lists them, of which there are then more than listed.
    private void CopyResults(string path)
    {
        if (File.Exists(path + ".runs"))
        {
            File.Copy(path + ".runs", Copy + ".runs");
        }
    }

    private static DGatingRegressionTrainer.Options Options() =>
        (DGatingRegressionTrainer.Options)TrainingTask.Get("regression").Quick(change: options => options.Seed = Seed);

    private static IDataView Rows() => DataRow.View(new MLContext(Seed), Planted.Linear(120, 6, 2, seed: 1));

    private static IDataView Streamed() =>
        DataRow.View(new MLContext(Seed), Planted.Linear(DGatingDefaults.SmallestPool + 2_000, 6, 2, seed: 1));

    private static DGatingRegressionTrainer Trainer(DGatingTrainerOptions options) =>
        new MLContext(Seed).Regression.Trainers.DGating((DGatingRegressionTrainer.Options)options);

    private static byte[] Fit(DGatingTrainerOptions options, DataRow[]? rows = null)
    {
        var context = new MLContext(Seed);
        rows ??= Planted.Linear(120, 6, 2, seed: 1);
        return new Fitted(Trainer(options).Fit(DataRow.View(context, rows))).Bits(context, rows);
    }

    private static byte[] Text(DGatingPath<RegressionPredictionTransformer<DGatingRegressionModelParameters>> path)
    {
        var context = new MLContext(Seed);
        DataRow[] rows = Planted.Linear(120, 6, 2, seed: 1);
        return [.. Encoding.UTF8.GetBytes(path.ToString()!), .. new Fitted(path.At(path.SparsestFeatureCount)).Bits(context, rows)];
    }

    private static byte[] Text(object result) => Encoding.UTF8.GetBytes(result.ToString()!);
}
