using System.Diagnostics;
using MLNet.DGating.Fuzz.Targets;

namespace MLNet.DGating.Fuzz;

/// <summary>Gives inputs to targets, one after another, each within limits of time and memory.</summary>
/// <param name="seed">What all inputs follow from.</param>
/// <param name="keep">A folder for the inputs that are a fault; null to keep none.</param>
internal sealed class Fuzzer(int seed, string? keep)
{
    private const int LongestNote = 300;
    private const long FixedMemory = 64L << 20, MemoryOfAByte = 10;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5), s_trainingPatience = TimeSpan.FromSeconds(60);

    /// <summary>Tries input number <paramref name="number"/> of a target.</summary>
    public void Try(FuzzTarget target, int number, Tally tally)
    {
        byte[] input = target.Create(new Random(HashCode(target.Name, number)));
        try
        {
            Guarded(target, input, tally);
        }
        catch (FuzzFault fault)
        {
            tally.Add(fault.Kind);
            string file = Keep(target, number, input);
            tally.Notes.Add($"{target.Name} {number}: {fault.Kind}: {FirstLine(fault.Message)}{file}");
        }
    }

    private static void Guarded(FuzzTarget target, byte[] input, Tally tally)
    {
        TimeSpan patience = target.Trains ? s_trainingPatience : s_patience;
        if (Attempt(target, input, patience) is not { } first)
        {
            throw new FuzzFault(FaultKind.Hang, $"no answer after {s_trainingPatience.TotalSeconds:0} s");
        }

        Attempted last = first;
        if (first.Took > patience)
        {
            // A busy machine may hold up one answer, but not the same one again.
            tally.LateOnce++;
            last = Attempt(target, input, patience) ?? first;
        }

        if (last.Took > patience)
        {
            throw new FuzzFault(FaultKind.Hang, $"an answer after {first.Took.TotalSeconds:0} s, and after {last.Took.TotalSeconds:0} s");
        }

        if (last.Thrown is not null)
        {
            throw last.Thrown as FuzzFault ?? new FuzzFault(FaultKind.Crash, Innermost(last.Thrown));
        }

        if (last.Allocated > FixedMemory + MemoryOfAByte * input.Length && !target.Trains)
        {
            throw new FuzzFault(FaultKind.Memory, $"{last.Allocated >> 20} MB for {input.Length} bytes");
        }

        tally.Add(last.Answer);
    }

    // Null where there is none in the end.
    private static Attempted? Attempt(FuzzTarget target, byte[] input, TimeSpan patience)
    {
        Answer answer = default;
        Exception? thrown = null;
        TimeSpan took = default;
        long before = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        var worker = new Thread(() =>
        {
            try
            {
                answer = target.Try(input);
            }
            catch (Exception fault)
            {
                thrown = fault;
            }

            took = watch.Elapsed;
        }) { IsBackground = true };
        worker.Start();
        if (!worker.Join(patience) && !worker.Join(s_trainingPatience))
        {
            return null;
        }

        // What a run allocates in all is more than it holds at a time; a size that was believed shows all the same.
        return new Attempted(answer, thrown, took, GC.GetTotalAllocatedBytes() - before);
    }

    private string Keep(FuzzTarget target, int number, byte[] input)
    {
        if (keep is null)
        {
            return "";
        }

        Directory.CreateDirectory(keep);
        string file = Path.Combine(keep, $"{target.Name.Replace(' ', '-').Replace(",", "", StringComparison.Ordinal)}-{number}");
        File.WriteAllBytes(file, input);
        return $" (kept: {file})";
    }

    // string.GetHashCode differs from process to process.
    private int HashCode(string name, int number)
    {
        uint hash = 2_166_136_261;
        foreach (char letter in $"{seed}/{name}/{number}")
        {
            hash = (hash ^ letter) * 16_777_619;
        }

        return (int)hash;
    }

    private static string Innermost(Exception fault)
    {
        Exception cause = fault.GetBaseException();
        string where = cause.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("DGating", StringComparison.Ordinal)) ?? "";
        return $"{cause.GetType().Name}: {FirstLine(cause.Message)}{where}";
    }

    private static string FirstLine(string message)
    {
        string line = message.Split('\n', 2)[0];
        return line.Length <= LongestNote ? line : line[..LongestNote] + "…";
    }

    private sealed record Attempted(Answer Answer, Exception? Thrown, TimeSpan Took, long Allocated);
}
