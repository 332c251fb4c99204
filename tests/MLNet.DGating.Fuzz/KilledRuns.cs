using System.Diagnostics;
using MLNet.DGating.Fuzz.Targets;

namespace MLNet.DGating.Fuzz;

/// <summary>Runs of the tool that are killed at random moments: the old file or the new one is there, and nothing beside.</summary>
internal sealed class KilledRuns(Scratch scratch, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>What was wrong, a line for each fault.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>How many runs the kill came too late for.</summary>
    public int Ended { get; private set; }

    /// <summary>How many killed runs had left a file beside the output, which the next run removed.</summary>
    public int Swept { get; private set; }

    public void Run(int times)
    {
        Command[] commands =
        [
            new(this, "train", "trained.zip", scratch.Fares, "--label", "fare_amount", "--features", "2"),
            new(this, "predict", "predicted.csv", scratch.Fare, scratch.Fares),
            new(this, "explain", "explained.csv", scratch.Fare, scratch.Fares),
            new(this, "export", "exported.onnx", scratch.Fare, "--onnx"),
            new(this, "report", "reported.html", scratch.Fare),
            new(this, "select", "reduced.csv", scratch.Fares, "--label", "fare_amount", "--features", "2"),
            new(this, "stability", "stable.csv", scratch.Fares, "--label", "fare_amount", "--features", "2", "--pairs", "1"),
            new(this, "inspect", "plain.csv", scratch.Fares),
        ];
        for (int i = 0; i < times; i++)
        {
            commands[i % commands.Length].KillOnce();
        }
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "dgating.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    private static void Complete(string[] arguments)
    {
        using Process run = Start(arguments);
        run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {run.ExitCode}.");
        }
    }

    /// <summary>A command with its output, which is there already, as an earlier run wrote it.</summary>
    private sealed class Command
    {
        private readonly KilledRuns _runs;
        private readonly string _folder, _output;
        private readonly string[] _arguments;
        private readonly TimeSpan _length;
        private readonly byte[] _complete;

        public Command(KilledRuns runs, string command, string output, params string[] arguments)
        {
            _runs = runs;
            _folder = Directory.CreateDirectory(runs.Scratch[$"of-{command}"]).FullName;
            _output = Path.Combine(_folder, output);
            _arguments = [command, .. arguments, "-o", _output, "--force"];
            var watch = Stopwatch.StartNew();
            Complete(_arguments);
            _length = watch.Elapsed;
            _complete = File.ReadAllBytes(_output);
        }

        public void KillOnce()
        {
            // The old file is one byte longer than the new one, so that they can be told apart; a model's zip is told by its checksums.
            byte[] old = [.. _complete, (byte)'\n'];
            File.WriteAllBytes(_output, old);
            using (Process run = Start(_arguments))
            {
                Thread.Sleep(_length * _runs._random.NextDouble());
                _runs.Ended += run.HasExited ? 1 : 0;
                run.Kill();
                run.WaitForExit();
            }

            byte[] found = File.ReadAllBytes(_output);
            if (!found.SequenceEqual(old) && !IsNew(found))
            {
                _runs.Faults.Add($"{_arguments[0]}: neither the old file nor the new one, {found.Length} bytes");
            }

            _runs.Swept += Directory.GetFiles(_folder, "*.tmp").Length > 0 ? 1 : 0;
            Complete(_arguments);
            if (Directory.GetFiles(_folder, "*.tmp") is [string left, ..])
            {
                _runs.Faults.Add($"{_arguments[0]}: {left} is left after the next run");
            }
        }

        private bool IsNew(byte[] found) => _output.EndsWith(".zip", StringComparison.Ordinal)
            ? Scratch.Run("inspect", _output).ExitCode == 0
            : found.SequenceEqual(_complete);
    }

    private Scratch Scratch => scratch;
}
