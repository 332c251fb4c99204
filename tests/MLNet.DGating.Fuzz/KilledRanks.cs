using System.Diagnostics;
using MLNet.DGating.Fuzz.Targets;

namespace MLNet.DGating.Fuzz;

/// <summary>Trainings over ranks, of which one is killed at a random moment.</summary>
/// <remarks>The job must end soon, and the old file or the new one be there.</remarks>
/// <param name="scratch">The table, and a folder.</param>
/// <param name="seed">The seed of the moments.</param>
/// <param name="ranks">The number of ranks, at least 2.</param>
internal sealed class KilledRanks(Scratch scratch, int seed, int ranks)
{
    /// <summary>The longest time that a job may last after one of its ranks has died.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    private readonly Random _random = new(seed);
    private readonly string _output = Path.Combine(Directory.CreateDirectory(scratch["of-ranks"]).FullName, "trained.zip");

    /// <summary>What was wrong, a line for each fault.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many jobs the kill came too late for.</summary>
    public int Ended { get; private set; }

    /// <summary>How many of the others said which rank it was.</summary>
    public int Named { get; private set; }

    /// <summary>The longest time that a job lasted after the kill.</summary>
    public TimeSpan Longest { get; private set; }

    public void Run(int times)
    {
        var watch = Stopwatch.StartNew();
        using (Process job = Start())
        {
            _ = job.StandardOutput.ReadToEndAsync();
            job.StandardError.ReadToEnd();
            job.WaitForExit();
        }

        TimeSpan length = watch.Elapsed;
        for (int i = 0; i < times; i++)
        {
            KillOnce(length);
        }
    }

    private void KillOnce(TimeSpan length)
    {
        // One byte longer than a new file, so that the two can be told apart; a model's zip is told by its checksums.
        byte[] old = [.. File.ReadAllBytes(_output), (byte)'\n'];
        File.WriteAllBytes(_output, old);
        using (Process job = Start())
        {
            Task<string> error = job.StandardError.ReadToEndAsync();
            _ = job.StandardOutput.ReadToEndAsync();
            Thread.Sleep(length * _random.NextDouble());
            int rank = _random.Next(ranks);
            if (RankOf(job, rank) is not { } process)
            {
                // The job has ended, or has not begun.
                Ended++;
                job.WaitForExit();
                return;
            }

            using (process)
            {
                process.Kill();
            }

            var watch = Stopwatch.StartNew();
            if (!job.WaitForExit(s_longest))
            {
                Faults.Add($"rank {rank}: the job goes on {s_longest.TotalSeconds} s after it was killed");
                job.Kill(entireProcessTree: true);
            }

            job.WaitForExit();
            Longest = watch.Elapsed > Longest ? watch.Elapsed : Longest;
            Named += error.Result.Contains($"rank {rank} ", StringComparison.Ordinal) ? 1 : 0;
        }

        byte[] found = File.ReadAllBytes(_output);
        if (!found.SequenceEqual(old) && Scratch.Run("inspect", _output).ExitCode != 0)
        {
            Faults.Add($"neither the old file nor the new one, {found.Length} bytes");
        }
    }

    // mpirun starts the ranks of a machine in their order.
    private static Process? RankOf(Process job, int rank)
    {
        try
        {
            string[] children = File.ReadAllText($"/proc/{job.Id}/task/{job.Id}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return rank < children.Length ? Process.GetProcessById(int.Parse(children[rank])) : null;
        }
        catch (Exception gone) when (gone is IOException or ArgumentException)
        {
            return null;
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("mpirun",
        [
            "--oversubscribe", "-n", $"{ranks}", "dotnet", Path.Combine(AppContext.BaseDirectory, "dgating.dll"), "train", scratch.Fares,
            "--label", "fare_amount", "--features", "2", "--split", "0.2", "-o", _output, "--force",
        ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        return Process.Start(start)!;
    }
}
