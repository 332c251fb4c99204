using System.Diagnostics;
using System.Text;
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
            new(this, "code", "", scratch.Fare),
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

    /// <summary>A command with its files, which are there already, as an earlier run wrote them.</summary>
    private sealed class Command
    {
        private readonly KilledRuns _runs;
        private readonly string _folder;
        private readonly string[] _arguments;
        private readonly TimeSpan _length;
        private readonly Dictionary<string, byte[]> _complete;

        /// <param name="runs">The runs that it belongs to.</param>
        /// <param name="command">Its name.</param>
        /// <param name="output">Its file, beside which there may be others; empty where it writes a folder.</param>
        /// <param name="arguments">What it reads.</param>
        public Command(KilledRuns runs, string command, string output, params string[] arguments)
        {
            _runs = runs;
            _folder = Directory.CreateDirectory(runs.Scratch[$"of-{command}"]).FullName;
            _arguments = [command, .. arguments, "-o", Path.Combine(_folder, output), "--force"];
            var watch = Stopwatch.StartNew();
            Complete(_arguments);
            _length = watch.Elapsed;
            _complete = Directory.GetFiles(_folder).ToDictionary(file => file, File.ReadAllBytes);
        }

        public void KillOnce()
        {
            // Old files are one byte longer than new ones, so that they can be told apart.
            var old = _complete.ToDictionary(file => file.Key, file => (byte[])[.. file.Value, (byte)'\n']);
            foreach ((string file, byte[] bytes) in old)
            {
                File.WriteAllBytes(file, bytes);
            }

            using (Process run = Start(_arguments))
            {
                Thread.Sleep(_length * _runs._random.NextDouble());
                _runs.Ended += run.HasExited ? 1 : 0;
                run.Kill();
                run.WaitForExit();
            }

            foreach ((string file, byte[] bytes) in old)
            {
                byte[] found = File.Exists(file) ? File.ReadAllBytes(file) : [];
                if (!found.SequenceEqual(bytes) && !IsNew(file, found))
                {
                    _runs.Faults.Add($"{_arguments[0]}: neither the old {file} nor the new one, {found.Length} bytes");
                }
            }

            _runs.Swept += Directory.GetFiles(_folder).Length > _complete.Count ? 1 : 0;
            Complete(_arguments);
            if (Directory.GetFiles(_folder).FirstOrDefault(file => !_complete.ContainsKey(file)) is { } left)
            {
                _runs.Faults.Add($"{_arguments[0]}: {left} is left after the next run");
            }
        }

        // What train writes has the time in it: a model's zip is told by its checksums, and its page by its end.
        private bool IsNew(string file, byte[] found) => found.SequenceEqual(_complete[file])
            || (_arguments[0] == "train" && (Path.GetExtension(file) == ".zip"
                ? Scratch.Run("inspect", file).ExitCode == 0
                : Encoding.UTF8.GetString(found).EndsWith("</html>\n", StringComparison.Ordinal)));
    }

    private Scratch Scratch => scratch;
}
