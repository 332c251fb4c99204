namespace MLNet.DGating.Architecture.Tests;

public class AssemblyTests
{
    public static TheoryData<string> Assemblies =>
        [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(path => Path.GetFileName(path)!)];

    [Theory, MemberData(nameof(Assemblies))]
    public void Folders_FormNoCycle(string name)
    {
        var assembly = new SourceAssembly(name);
        ILookup<string, string> uses = assembly.Arrows.Select(arrow => (arrow.From, arrow.To)).Distinct()
            .ToLookup(arrow => arrow.From, arrow => arrow.To);

        // A folder from which nothing leads on to the others is taken away, again and again; what is left is in a cycle, or leads to one.
        HashSet<string> left = [.. assembly.Folders];
        while (left.FirstOrDefault(folder => !uses[folder].Any(left.Contains)) is { } bottom)
        {
            left.Remove(bottom);
        }

        IEnumerable<string> arrows = assembly.Arrows.Where(arrow => left.Contains(arrow.From) && left.Contains(arrow.To))
            .GroupBy(arrow => (arrow.From, arrow.To))
            .Select(group => $"{group.Key.From} → {group.Key.To} in {string.Join(", ", group.Select(arrow => arrow.By))}");
        Assert.Empty(arrows);
    }

    [Fact]
    public void TheModelDescription_NeedsTheBaseClassLibraryAlone() =>
        Assert.All(new SourceAssembly("MLNet.DGating.Model").References,
            name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void Scoring_KnowsNothingOfTorch() =>
        Assert.DoesNotContain(new SourceAssembly("MLNet.DGating.Scoring").References,
            name => name.Contains("Torch", StringComparison.Ordinal));
}
