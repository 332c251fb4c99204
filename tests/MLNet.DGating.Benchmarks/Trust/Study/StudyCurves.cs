namespace MLNet.DGating.Benchmarks;

/// <summary>What is drawn and tabled of the repetitions of a cell: selections by name.</summary>
internal static class StudyCurves
{
    /// <summary>The choices of a number of columns, and the other methods with the number of the first.</summary>
    public static IEnumerable<(string Name, Func<StudyRepetition, StudyHits?> Hits)> Choices()
    {
        yield return ("D-Gating, held-out rows", repetition => repetition.Methods[0]);
        yield return ("D-Gating, cross-validation", repetition => repetition.Folds);
        foreach (int method in Enumerable.Range(1, StudyRepetition.MethodNames.Length - 1))
        {
            yield return ($"{StudyRepetition.MethodNames[method]}, the same number", repetition => repetition.Methods[method]);
        }
    }

    /// <summary>The wrong columns of the choices: those selected that say nothing, and those missed.</summary>
    public static IEnumerable<(string Name, Func<StudyRepetition, double?> Value)> Wrong() =>
        Choices().Select(choice => (choice.Name, (Func<StudyRepetition, double?>)(repetition =>
            choice.Hits(repetition)?.Wrong(repetition.Truth))));

    /// <summary>Whether exactly the true columns are found: by the choices, and by all methods when they are told how many there are.</summary>
    public static IEnumerable<(string Name, Func<StudyRepetition, double?> Value)> Exact()
    {
        foreach ((string name, Func<StudyRepetition, StudyHits?> hits) in Choices().Take(2))
        {
            yield return (name, repetition => hits(repetition) is { } found ? found.Wrong(repetition.Truth) == 0 ? 1 : 0 : null);
        }

        foreach ((int method, string name) in StudyRepetition.MethodNames.Index())
        {
            yield return ($"{name}, told the number", repetition => repetition.Methods[method].Top == repetition.Truth ? 1 : 0);
        }
    }

    /// <summary>Gives the estimate of a value; null where no repetition has it.</summary>
    public static Estimate? EstimateOf(IEnumerable<StudyRepetition> repetitions, Func<StudyRepetition, double?> value)
    {
        double[] known = [.. repetitions.Select(value).OfType<double>()];
        return known.Length > 0 ? Estimate.Of(known) : null;
    }
}
