using System.Diagnostics;
using MLNet.DGating.Fuzz.Targets;

namespace MLNet.DGating.Fuzz;

/// <summary>Fits that are killed at random moments, again and again, and go on: they give the bits of one that was left alone.</summary>
/// <param name="scratch">A folder for checkpoints.</param>
/// <param name="seed">What the moments follow from.</param>
/// <param name="names">The fits.</param>
internal sealed class ResumedFits(Scratch scratch, int seed, IReadOnlyCollection<string> names)
{
    private readonly Random _random = new(seed);

    /// <summary>What was wrong, a line for each fault.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many fits were killed.</summary>
    public int Killed { get; private set; }

    /// <summary>How many killed fits had left a checkpoint.</summary>
    public int Kept { get; private set; }

    /// <summary>How many fits came to their end after they had been killed.</summary>
    public int Ended { get; private set; }

    /// <summary>Goes on until so many were killed and all fits have come to their end equally often.</summary>
    public void Run(int times)
    {
        var whole = names.ToDictionary(name => name, Whole);
        while (Killed < times)
        {
            foreach ((string name, (string bits, TimeSpan length)) in whole)
            {
                UntilTheEnd(name, bits, length);
            }
        }
    }

    private (string Bits, TimeSpan Length) Whole(string name)
    {
        var watch = Stopwatch.StartNew();
        using Process fit = Start(name, scratch[$"whole-{name}"]);
        string bits = fit.StandardOutput.ReadToEnd();
        fit.WaitForExit();
        return fit.ExitCode == 0 ? (bits, watch.Elapsed) : throw new InvalidOperationException($"{name} ended with {fit.ExitCode}.");
    }

    // Each time it is killed within the time that the whole fit takes, so that it may be killed several times.
    private void UntilTheEnd(string name, string bits, TimeSpan length)
    {
        string checkpoint = Path.Combine(Directory.CreateDirectory(scratch[$"killed-{name}"]).FullName, "checkpoint");
        while (true)
        {
            using Process fit = Start(name, checkpoint);
            Task<string> output = fit.StandardOutput.ReadToEndAsync();
            if (!fit.WaitForExit(length * _random.NextDouble()))
            {
                fit.Kill();
                fit.WaitForExit();
                Killed++;
                Kept += File.Exists(checkpoint) ? 1 : 0;
                continue;
            }

            fit.WaitForExit();
            if (fit.ExitCode != 0)
            {
                Faults.Add($"{name}: ended with {fit.ExitCode}: {fit.StandardError.ReadToEnd().Split('\n')[0]}");
            }
            else if (output.Result != bits)
            {
                Faults.Add($"{name}: other bits");
            }

            Ended++;
            if (Directory.GetFiles(Path.GetDirectoryName(checkpoint)!) is [string left, ..])
            {
                Faults.Add($"{name}: {left} is left");
                File.Delete(left);
            }

            return;
        }
    }

    private static Process Start(string name, string checkpoint)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [typeof(ResumedFits).Assembly.Location, "fit", name, checkpoint];
        Array.ForEach(Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? arguments : arguments[1..],
            start.ArgumentList.Add);
        return Process.Start(start)!;
    }
}
