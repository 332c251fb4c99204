namespace MLNet.DGating.Benchmarks;

/// <summary>What is drawn and tabled of the repetitions of a cell: selections by name.</summary>
internal static class StudyCurves
{
    /// <summary>The choices of a number of columns, and the other methods with the number that Fit chooses.</summary>
    public static IEnumerable<(string Name, Func<StudyRepetition, StudyHits> Hits)> Choices() =>
    [
        ("D-Gating, Fit", repetition => repetition.Fit),
        ("D-Gating, FitPath", repetition => repetition.OfPath),
        .. Baselines("same number"),
    ];

    /// <summary>The wrong columns of the choices: those selected that say nothing, and those missed.</summary>
    public static IEnumerable<(string Name, Func<StudyRepetition, double?> Value)> Wrong() =>
        Choices().Select(choice => (choice.Name, (Func<StudyRepetition, double?>)(repetition =>
            choice.Hits(repetition).Wrong(repetition.Truth))));

    /// <summary>Whether exactly the true columns are found: by the choices, and by rankings that are told how many there are.</summary>
    public static IEnumerable<(string Name, Func<StudyRepetition, double?> Value)> Exact() =>
    [
        .. Choices().Take(2).Select(choice => (choice.Name, (Func<StudyRepetition, double?>)(repetition =>
            choice.Hits(repetition).Wrong(repetition.Truth) == 0 ? 1 : 0))),
        ("D-Gating, told the number", repetition => repetition.OfPath.Top == repetition.Truth ? 1 : 0),
        .. Baselines("told the number").Select(ranking => (ranking.Name, (Func<StudyRepetition, double?>)(repetition =>
            ranking.Hits(repetition).Top == repetition.Truth ? 1 : 0))),
    ];

    private static IEnumerable<(string Name, Func<StudyRepetition, StudyHits> Hits)> Baselines(string given) =>
        StudyRepetition.BaselineNames.Select((name, baseline) =>
            ($"{name}, {given}", (Func<StudyRepetition, StudyHits>)(repetition => repetition.Baselines[baseline])));

    /// <summary>Gives the estimate of a value; null where no repetition has it.</summary>
    public static Estimate? EstimateOf(IEnumerable<StudyRepetition> repetitions, Func<StudyRepetition, double?> value)
    {
        double[] known = [.. repetitions.Select(value).OfType<double>()];
        return known.Length > 0 ? Estimate.Of(known) : null;
    }
}
