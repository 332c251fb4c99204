using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MLNet.DGating.Fuzz;
using MLNet.DGating.Fuzz.Targets;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var minutes = new Option<double>("--minutes") { Description = "How long to go on.", DefaultValueFactory = _ => 1 };
var seed = new Option<int>("--seed") { Description = "What all inputs follow from.", DefaultValueFactory = _ => 1 };
var only = new Option<string>("--target") { Description = "Only targets whose name has this word." };
var keep = new Option<string>("--keep") { Description = "A folder for the inputs that are a fault." };
var root = new RootCommand("Gives changed files and words to everything that reads them, and counts what comes of it.")
{
    minutes, seed, only, keep,
};
root.SetAction(parsed =>
{
    using var scratch = new Scratch();
    FuzzTarget[] targets = [.. AllTargets.Create(scratch).Where(
        target => target.Name.Contains(parsed.GetValue(only) ?? "", StringComparison.Ordinal))];
    Dictionary<FuzzTarget, Tally> tallies = targets.ToDictionary(target => target, _ => new Tally());
    var fuzzer = new Fuzzer(parsed.GetValue(seed), parsed.GetValue(keep));
    Dictionary<FuzzTarget, TimeSpan> time = targets.ToDictionary(target => target, _ => TimeSpan.Zero);
    var watch = Stopwatch.StartNew();
    while (watch.Elapsed.TotalMinutes < parsed.GetValue(minutes))
    {
        // The same time for each target, so that slow ones do not eat it all.
        FuzzTarget target = targets.MinBy(each => time[each])!;
        TimeSpan start = watch.Elapsed;
        fuzzer.Try(target, tallies[target].Inputs, tallies[target]);
        time[target] += watch.Elapsed - start;
    }

    Console.WriteLine("| reader | inputs | read | refused | crashes | hangs | memory | silent |\n|---|--:|--:|--:|--:|--:|--:|--:|");
    foreach ((FuzzTarget target, Tally tally) in tallies)
    {
        Console.WriteLine($"| {target.Name} | {tally.Inputs:n0} | {tally[Answer.Taken]:n0} | {tally[Answer.Refused]:n0} | "
            + $"{tally[FaultKind.Crash]} | {tally[FaultKind.Hang]} | {tally[FaultKind.Memory]} | {tally[FaultKind.Silent]} |");
    }

    string[] notes = [.. tallies.Values.SelectMany(tally => tally.Notes)];
    Console.WriteLine($"\n{tallies.Values.Sum(tally => tally.Inputs):n0} inputs in {watch.Elapsed.TotalMinutes:0} minutes, "
        + $"{notes.Length} faults; {tallies.Values.Sum(tally => tally.LateOnce)} answers late, and asked for again.");
    Array.ForEach(notes, Console.WriteLine);
    return notes.Length == 0 ? 0 : 1;
});

var times = new Option<int>("--times") { Description = "How many runs are killed.", DefaultValueFactory = _ => 300 };
var ranks = new Option<int>("--ranks") { Description = "At least 2: trainings over so many ranks, of which one is killed." };
var kill = new Command("kill", "Kills runs of the tool at random moments, and looks at what they leave.") { times, seed, ranks };
kill.SetAction(parsed =>
{
    using var scratch = new Scratch();
    if (parsed.GetValue(ranks) > 1)
    {
        var jobs = new KilledRanks(scratch, parsed.GetValue(seed), parsed.GetValue(ranks));
        jobs.Run(parsed.GetValue(times));
        Console.WriteLine($"{parsed.GetValue(times)} jobs of {parsed.GetValue(ranks)} ranks, {jobs.Ended} of them had ended or not begun; "
            + $"{jobs.Named} said which rank was killed; the longest went on for {jobs.Longest.TotalSeconds:f1} s; "
            + $"{jobs.Faults.Count} faults.");
        jobs.Faults.ForEach(Console.WriteLine);
        return jobs.Faults.Count == 0 ? 0 : 1;
    }

    var runs = new KilledRuns(scratch, parsed.GetValue(seed));
    runs.Run(parsed.GetValue(times));
    Console.WriteLine($"{parsed.GetValue(times)} runs killed, {runs.Ended} of them had ended; {runs.Swept} left a file that the next run "
        + $"removed; {runs.Faults.Count} faults.");
    runs.Faults.ForEach(Console.WriteLine);
    return runs.Faults.Count == 0 ? 0 : 1;
});
root.Add(kill);

var resume = new Command("resume", "Kills fits at random moments, and goes on from their checkpoints until they end.") { times, seed };
resume.SetAction(parsed =>
{
    using var scratch = new Scratch();
    var killed = new ResumedFits(scratch, parsed.GetValue(seed), ResumedFit.Names);
    killed.Run(parsed.GetValue(times));
    Console.WriteLine($"{killed.Killed} fits killed, {killed.Kept} of them with a checkpoint; {killed.Ended} came to their end afterwards; "
        + $"{killed.Faults.Count} faults.");
    killed.Faults.ForEach(Console.WriteLine);
    return killed.Faults.Count == 0 ? 0 : 1;
});
root.Add(resume);

var faults = new Command("faults", "Runs the tool without room for files or memory, and looks at what it says and leaves. For Linux.");
faults.SetAction(_ =>
{
    using var scratch = new Scratch();
    var runs = new Faults(scratch);
    runs.Run();
    Console.WriteLine($"{runs.Runs.All} runs, {runs.Runs.Failed} without a result, {runs.Aborted} of them ended by .NET or a "
        + $"library where memory lacked; {runs.Found.Count} faults.");
    runs.Found.ForEach(Console.WriteLine);
    return runs.Found.Count == 0 ? 0 : 1;
});
root.Add(faults);

var fits = new Option<int>("--fits") { Description = "How many fits.", DefaultValueFactory = _ => 500 };
var cancellations = new Option<int>("--cancellations") { Description = "How many are cancelled.", DefaultValueFactory = _ => 200 };
var endure = new Command("endure", "Fits and cancels again and again, and says what has grown.") { fits, cancellations, seed };
endure.SetAction(parsed =>
{
    var endurance = new Endurance(parsed.GetValue(seed));
    endurance.Run(parsed.GetValue(fits), parsed.GetValue(cancellations));
    endurance.Faults.ForEach(Console.WriteLine);
    return endurance.Faults.Count == 0 ? 0 : 1;
});
root.Add(endure);

var name = new Argument<string>("name");
var checkpoint = new Argument<string>("checkpoint");
var fit = new Command("fit", "Carries out one of the fits that resume kills.") { name, checkpoint };
fit.SetAction(parsed => Console.WriteLine(ResumedFit.Run(parsed.GetValue(name)!, parsed.GetValue(checkpoint)!)));
root.Add(fit);
return root.Parse(args).Invoke();
