using System.Text.RegularExpressions;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The program of the first page compiles as it is pasted, from the top to the bottom: C# wants types last.</summary>
public sealed partial class PastedProgramTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/getting-started.md")]
    public void Types_StandBehindAllStatements(string document)
    {
        string[] blocks = [.. Block().Matches(File.ReadAllText(Repository.PathOf(document))).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(blocks);
        int firstTypes = Array.FindIndex(blocks, HasTypes);
        Assert.All(firstTypes < 0 ? [] : blocks[firstTypes..], block => Assert.True(HasTypes(block), block));
        // Directives stand at the top alone; "using var" is a statement.
        Assert.All(blocks[1..], block => Assert.DoesNotMatch("(?m)^using [A-Z]", block));
    }

    [Fact]
    public void TheFileThatRunsByItself_IsTheProgramOfTheReadme()
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("examples", "taxi-fare.cs"));
        string[] directives = [.. lines.TakeWhile(line => line.StartsWith("#:", StringComparison.Ordinal))];
        Assert.Contains("#:property PublishAot=false", directives);
        string program = Block().Match(File.ReadAllText(Repository.PathOf("README.md"))).Groups[1].Value;
        Assert.Equal(program.ReplaceLineEndings("\n").TrimEnd(), string.Join('\n', lines.Skip(directives.Length)).Trim());
    }

    private static bool HasTypes(string block) => Types().IsMatch(block);

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^(internal|public) (sealed |static )*(class|record|struct|enum) ", RegexOptions.Multiline)]
    private static partial Regex Types();
}
