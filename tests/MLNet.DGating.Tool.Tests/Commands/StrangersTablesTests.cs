using System.Text.Json;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Commands;

/// <summary>Tables that once failed are trained with no option but the label, as their page says.</summary>
public sealed class StrangersTablesTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [CasesTheory]
    [InlineData("offset.csv", "y", "rSquared", 0.99, "meter")]
    [InlineData("infs.csv", "y", "areaUnderRocCurve", 0.8, "a b")]
    [InlineData("mixed.csv", "y", "areaUnderRocCurve", 0.8, "a b")]
    [InlineData("dates.csv", "weekend", "areaUnderRocCurve", 0.9, "when")] // The day of the week itself, on all rows, has 0.924.
    [InlineData("reserved.csv", "y", "accuracy", 0.85, "Features Label")]
    [InlineData("sentinels.csv", "y", "rSquared", 0.9, "ratio")]
    [InlineData("outliers.csv", "y", "rSquared", 0.95, "a b")]
    [InlineData("skew.csv", "total", "rSquared", 0.8, "area")]
    [InlineData("rating.csv", "rating", "accuracy", 0.9, "a")]
    [InlineData("counts.csv", "visits", "rSquared", 0.2, "a")]
    [InlineData("large-mean.csv", "y", "rSquared", 0.55, "u v")]
    [InlineData("copies.csv", "y", "rSquared", 0.9, "cm")]
    [InlineData("score-column.csv", "Score", "accuracy", 0.6, "b")] // twice a, which is its copy
    [InlineData("excelsep.csv", "y", "accuracy", 0.7, "a b")]
    [InlineData("latin1.csv", "y", "accuracy", 0.7, "a b")]
    [InlineData("control-characters.csv", "y", "accuracy", 0.9, "a b")]
    public void Train_LearnsFromTheColumnsThatMatter(string file, string label, string metric, double atLeast, string columns)
    {
        JsonElement trained = Train(file, label).Json;
        double value = trained.GetProperty("metrics").EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == metric).GetProperty("value").GetDouble();
        string[] used = [.. trained.GetProperty("usedColumns").EnumerateArray().Select(name => name.GetString()!)];
        Assert.InRange(value, atLeast, 1);
        Assert.All(columns.Split(' '), column => Assert.Contains(column, used));
        Assert.DoesNotContain(used, name => name is "noise" or "n1" or "const");
    }

    [CasesTheory]
    [InlineData("truncated.csv.gz", "is damaged at byte 717 of 717")]
    [InlineData("wrong-crc.csv.gz", "is damaged at byte 1,434 of 1,434")]
    public void Train_OfADamagedFile_SaysAtWhichByte(string file, string words) =>
        ToolRun.Of("train", Case(file), "--label", "y", "-o", _folder["m.zip"]).FailedWith(ExitCode.Input, words);

    [CasesTheory]
    [InlineData("leak-missing.csv", "sold", "'invoice' is filled where 'sold' is 'yes' and empty elsewhere")]
    [InlineData("leak-sorted-id.csv", "sold", "'id' rises from row to row and says 'sold' alone")]
    [InlineData("groups.csv", "y", "each value of 'customer' has one 'y': if rows of one value belong together, --group customer")]
    [InlineData("latin1.csv", "y", "read as windows-1252; --charset names another encoding")]
    [InlineData("outliers.csv", "y", "'y' has 10 values far from all others, which are at most 8.982: 100,000 in row 1")]
    public void Train_HintsAtWhatIsUnusual(string file, string label, string words) =>
        Assert.Contains(words, Train(file, label).Error, StringComparison.Ordinal);

    [CasesTheory]
    [InlineData("counts.csv", "visits", "'visits' is a count, so the loss is Poisson's")]
    [InlineData("rare-class.csv", "kind", "the probability is that of 'fraud'")]
    [InlineData("excelsep.csv", "y", "50 rows without any value skipped.")]
    [InlineData("copies.csv", "y", "cm: also inch, inch_copy")]
    [InlineData("rare-class.csv", "kind", "fraud           0.4 %")]
    [InlineData("noise-only.csv", "y", "0 of 5 features selected")]
    public void Train_TellsWhatItUnderstood(string file, string label, string words) =>
        Assert.Contains(words, Train(file, label, "--split", "0.2").Output, StringComparison.Ordinal);

    [CasesTheory]
    [InlineData("copies.csv", "y")]
    public void ACopyOfAKeptColumn_IsNamed(string file, string label) => Assert.Matches(
        "(cm|inch|inch_copy): also (cm|inch|inch_copy), (cm|inch|inch_copy)",
        Train(file, label, "--features", "2", "--split", "0.2").Output);

    [CasesTheory]
    [InlineData("weights.csv", "weights-repeated.csv")]
    public void WeightedRows_AreAsGoodAsRepeatedOnes(string weighted, string repeated)
    {
        double Squared(JsonElement trained) => trained.GetProperty("metrics")[0].GetProperty("value").GetDouble();
        Assert.Equal(Squared(Train(repeated, "y").Json), Squared(Train(weighted, "y", "--json", "--weight", "w").Json), 0.1);
    }

    [CasesTheory]
    [InlineData("groups.csv")]
    public void Groups_AreNotSplit_AndAreNoFeature(string file)
    {
        JsonElement trained = Train(file, "y", "--json", "--group", "customer").Json;
        Assert.DoesNotContain("customer", trained.GetProperty("usedColumns").EnumerateArray().Select(name => name.GetString()));
        Assert.InRange(trained.GetProperty("metrics")[0].GetProperty("value").GetDouble(), 0, 0.8);
    }

    private static string Case(string file) => Path.Combine(CasesTheoryAttribute.Folder, file);

    private ToolRun Train(string file, string label, params string[] more) => ToolRun.Of(
        ["train", Case(file), "--label", label, "-o", _folder["m.zip"], "--force", .. more.Length == 0 ? ["--json"] : more]).Succeeded();
}
