using System.Text.RegularExpressions;

namespace MLNet.DGating.Architecture.Tests;

public partial class SourceTests
{
    private const int LongestLine = 140, LongestFile = 400;

    public static TheoryData<string> Folders => ["src", "tests", "examples"];

    [Theory, MemberData(nameof(Folders))]
    public void NoLine_IsLongerThanAPage(string folder) => Assert.Empty(
        from file in Repository.Sources(folder)
        from line in Repository.Read(file).Split('\n').Select((text, i) => (Text: text.TrimEnd('\r'), Number: i + 1))
        where line.Text.Length > LongestLine
        select $"{file}:{line.Number} has {line.Text.Length} columns");

    [Theory, MemberData(nameof(Folders))]
    public void NoFile_IsLongerThanAReaderFollows(string folder) => Assert.Empty(
        Repository.Sources(folder).Select(file => (File: file, Lines: Repository.Read(file).Count(letter => letter == '\n')))
            .Where(file => file.Lines > LongestFile).Select(file => $"{file.File} has {file.Lines} lines"));

    [Theory, InlineData("MLNet.DGating.Torch"), InlineData("MLNet.DGating.Model")]
    public void ANamespace_IsItsFolder_OrThatOfTheLibraryForWhatUsersName(string assembly)
    {
        Assert.All(Repository.Sources($"src/{assembly}"), file =>
        {
            string text = Repository.Read(file);
            Match declared = Namespace().Match(text);
            if (declared.Success)
            {
                string folder = Path.GetDirectoryName(file)!["src/".Length..].Replace('/', '.').Replace('\\', '.');
                Assert.Equal(PublicType().IsMatch(text) ? "MLNet.DGating" : folder, declared.Groups[1].Value);
            }
        });
    }

    // A type that is known by two names, or two types by one, cannot be found by searching.
    [Fact]
    public void NoName_IsDeclaredTwiceInTheEngineAndItsDescription()
    {
        IEnumerable<string> names = Repository.Sources("src/MLNet.DGating.Torch").Concat(Repository.Sources("src/MLNet.DGating.Model"))
            .Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "GlobalUsings");
        Assert.Empty(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public [\w ]*\b(?:class|struct|interface|enum|record)\b", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
