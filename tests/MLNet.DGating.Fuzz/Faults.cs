using System.Diagnostics;
using System.Globalization;
using MLNet.DGating.Fuzz.Targets;

namespace MLNet.DGating.Fuzz;

/// <summary>Runs of the tool on machines without room: one sentence, a documented exit code, nothing half-written. For Linux.</summary>
/// <param name="scratch">Tables and models.</param>
internal sealed class Faults(Scratch scratch)
{
    // SIGABRT, by which .NET and libraries end a process.
    private const int AbortedCode = 134;

    private static readonly int[] s_codes = [0, 3, 4, 5];

    /// <summary>What was wrong, a line for each fault.</summary>
    public List<string> Found { get; } = [];

    /// <summary>How many runs there were, and how many of them could not end with a result.</summary>
    public (int All, int Failed) Runs { get; private set; }

    public void Run()
    {
        string[][] commands =
        [
            ["train", scratch.Fares, "--label", "fare_amount", "--features", "2", "-o", "OUT/trained.zip"],
            ["predict", scratch.Fare, scratch.Fares, "-o", "OUT/predicted.csv"],
            ["explain", scratch.Fare, scratch.Fares, "-o", "OUT/explained.csv"],
            ["export", scratch.Fare, "--onnx", "-o", "OUT/exported.onnx"],
            ["report", scratch.Fare, "-o", "OUT/reported.html"],
            ["select", scratch.Fares, "--label", "fare_amount", "--features", "2", "-o", "OUT/reduced.csv"],
            ["inspect", scratch.Fares, "-o", "OUT/plain.csv"],
            ["code", scratch.Fare, "-o", "OUT/code"],
        ];
        foreach (string[] command in commands)
        {
            foreach (int kilobytes in (int[])[0, 1, 2, 4, 8, 16])
            {
                // Files may not become larger; without the trap the system would end the process.
                Try($"files of {kilobytes} KB", command, $"trap '' XFSZ; ulimit -f {kilobytes}; export DOTNET_EnableWriteXorExecute=0;");
            }

            foreach (int kilobytes in (int[])[4, 12, 32])
            {
                Try($"a disk of {kilobytes} KB", command, $"mount -t tmpfs -o size={kilobytes}k tmpfs OUT &&", "unshare", "-rm");
            }

            Try("a full TMPDIR", command,
                "mkdir -p OUT/tmp && mount -t tmpfs -o size=4k tmpfs OUT/tmp && (head -c 9000 /dev/zero > OUT/tmp/full; true) 2>/dev/null; "
                + "export TMPDIR=OUT/tmp;",
                "unshare", "-rm");
        }

        foreach (int megabytes in (int[])[8, 12, 16, 20, 24, 28, 32, 40])
        {
            Try($"{megabytes} MB of managed memory", commands[0], $"export DOTNET_GCHeapHardLimit={megabytes << 20:x};");
        }

        TryWithoutMemory();
        TryWithoutAddressSpace();
    }

    /// <summary>How many runs .NET itself or a library ended where memory lacked, without a sentence of the tool.</summary>
    public int Aborted { get; private set; }

    // Words make many columns and so large matrices of libtorch, which it asks the system for, as libraries do when they are loaded.
    private void TryWithoutAddressSpace()
    {
        const int rows = 300, words = 300;
        string table = scratch["words.csv"];
        var random = new Random(1);
        File.WriteAllLines(table, Enumerable.Range(-1, rows + 1).Select(row => row < 0 ? "text,y"
            : (row % 2 == 0 ? "even " : "odd ") + string.Join(' ', Enumerable.Range(0, words).Select(_ => $"w{random.Next(1_000_000)}"))
                + string.Create(CultureInfo.InvariantCulture, $",{3 * (row % 2) + random.NextDouble():f3}")));
        string[] train =
        [
            "train", table, "--label", "y", "--text", "text", "--features", "2", "--encoding", "none", "--split", "0",
            "-o", "OUT/trained.zip",
        ];
        for (int megabytes = 3_000; megabytes <= 6_500; megabytes += 250)
        {
            (int code, _, string[] files) = Try($"{megabytes} MB of address space", train,
                "export DOTNET_EnableWriteXorExecute=0 DOTNET_GCHeapHardLimit=40000000; "
                + $"ulimit -v {megabytes << 10};", mayAbort: true);
            if (code != 0 && files.Any(file => file.EndsWith(".zip", StringComparison.Ordinal)))
            {
                Found.Add($"train, {megabytes} MB of address space: there is {string.Join(", ", files)}");
            }
        }
    }

    // A table whose rows do not fit: the limit is met while it is read, or when fits begin.
    private void TryWithoutMemory()
    {
        const int rows = 100_000, columns = 60;
        string table = scratch["large.csv"];
        var random = new Random(1);
        File.WriteAllLines(table, Enumerable.Range(-1, rows + 1).Select(row => string.Join(',', Enumerable.Range(0, columns).Select(
            column => row < 0 ? $"x{column}" : random.NextDouble().ToString("f7", CultureInfo.InvariantCulture)))));
        string[] train = ["train", table, "--label", "x0", "--features", "2", "-o", "OUT/trained.zip"];
        foreach (int megabytes in (int[])[32, 64, 96])
        {
            TryWithout(train, megabytes);
        }

        TryWithout(["select", table, "--label", "x0", "--features", "2", "-o", "OUT/reduced.csv"], 32);
        TryWithout(["stability", table, "--label", "x0", "-o", "OUT/stable.csv"], 32);
    }

    private void TryWithout(string[] command, int megabytes)
    {
        string what = $"{command[0]}, {megabytes} MB of managed memory for 60 MB of rows";
        (int code, string[] errors, string[] files) =
            Try($"{megabytes} MB of managed memory for more rows", command, $"export DOTNET_GCHeapHardLimit={megabytes << 20:x};");
        if (code != 5 || errors is not [string error] || !error.Contains("memory", StringComparison.Ordinal))
        {
            Found.Add($"{what}: exit code {code}, {string.Join(" / ", errors)}");
        }

        if (files.Any(file => !file.Contains(".checkpoint", StringComparison.Ordinal)))
        {
            Found.Add($"{what}: there is {string.Join(", ", files)}");
        }
    }

    private (int ExitCode, string[] Errors, string[] Files) Try(
        string fault, string[] command, string before, params string[] wrapper) => Try(fault, command, before, mayAbort: false, wrapper);

    private (int ExitCode, string[] Errors, string[] Files) Try(
        string fault, string[] command, string before, bool mayAbort, params string[] wrapper)
    {
        string folder = Directory.CreateDirectory(scratch[$"fault-{Runs.All}"]).FullName;
        string tool = Path.Combine(AppContext.BaseDirectory, "dgating.dll");
        string words = string.Join(' ', command.Select(word => $"'{word}'"));
        string script = $"{before} dotnet '{tool}' {words} --force; code=$?; ls OUT | grep -F .tmp; exit $code"
            .Replace("OUT", folder, StringComparison.Ordinal);
        var start = new ProcessStartInfo(wrapper.FirstOrDefault("bash")) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = wrapper.Length == 0 ? ["-c", script] : [.. wrapper[1..], "bash", "-c", script];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process run = Process.Start(start)!;
        Task<string> output = run.StandardOutput.ReadToEndAsync();
        string[] lines = run.StandardError.ReadToEnd().Split('\n');
        string[] errors = [.. lines.Where(line => line.StartsWith("dgating:", StringComparison.Ordinal))];
        run.WaitForExit();
        Runs = (Runs.All + 1, Runs.Failed + (run.ExitCode == 0 ? 0 : 1));
        string what = $"{command[0]}, {fault}: exit code {run.ExitCode}";
        if (mayAbort && run.ExitCode == AbortedCode)
        {
            // What such a run leaves, the next one removes.
            Aborted++;
            return (run.ExitCode, errors, []);
        }

        if (!s_codes.Contains(run.ExitCode))
        {
            Found.Add($"{what}: {errors.LastOrDefault()}");
        }
        else if (run.ExitCode != 0 && errors.Length == 0)
        {
            Found.Add($"{what} without a sentence");
        }

        if (output.Result.Contains(".tmp", StringComparison.Ordinal))
        {
            Found.Add($"{what}: a temporary file is left");
        }

        return (run.ExitCode, errors, [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file))]);
    }
}
