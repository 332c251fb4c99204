using System.Globalization;
using MLNet.DGating.Fuzz.Written;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Models;

/// <summary>A model that a tool wrote before models were pruned, whose zip reads all columns, goes on working.</summary>
/// <remarks>It was trained on x, when (a date), color and noise, and depends on x and color. It has no checksums.</remarks>
public sealed class UnprunedModelTests : IDisposable
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "FrozenModels");
    private static readonly string s_model = Path.Combine(s_folder, "unpruned.zip"), s_rows = Path.Combine(s_folder, "unpruned.csv");

    private readonly Folder _folder = new();

    [Fact]
    public void Predict_GivesWhatItGaveThen() =>
        AssertPredicts(ToolRun.Of("predict", s_model, s_rows, "--predictions-only", "--trust").Succeeded().Lines);

    [Fact]
    public void Predict_NeedsOnlyTheColumnsThatTheModelReads()
    {
        string[][] rows = [.. File.ReadLines(s_rows).Select(line => line.Split(',')).Select(cells => new[] { cells[2], cells[0] })];
        string fewer = _folder.Write("fewer.csv", TestTables.Csv(rows));
        AssertPredicts(ToolRun.Of("predict", s_model, fewer, "--predictions-only", "--trust").Succeeded().Lines);
    }

    [Fact]
    public void Export_LeavesOutWhatTheModelDoesNotRead()
    {
        string onnx = _folder["model.onnx"];
        ToolRun.Of("export", s_model, "--onnx", "-o", onnx, "--trust").Succeeded();
        var run = new OnnxRun(onnx, TestTables.Open(s_rows));
        Assert.Equal(["x", "color"], run.Inputs);
        AssertPredicts(["Prediction", .. run.Numbers("Score.output", 0).Select(score => score.ToString(CultureInfo.InvariantCulture))]);
    }

    [Fact]
    public void Explain_AddsUpToThePrediction() =>
        Assert.Contains("color", ToolRun.Of("explain", s_model, s_rows, "--trust").Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public void Code_HasTheColumnsThatTheZipReads()
    {
        ToolRun.Of("code", s_model, "-o", _folder["Code"], "--trust").Succeeded();
        string code = File.ReadAllText(Path.Combine(_folder["Code"], "Unpruned.consumption.cs"));
        Assert.All((string[])["x", "when", "color", "noise"], column =>
            Assert.Contains($"[ColumnName(\"{column}\")]", code, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertPredicts(string[] lines)
    {
        string[] expected = File.ReadAllLines(Path.Combine(s_folder, "unpruned.predictions.csv"));
        Assert.Equal(expected.Length, lines.Length);
        Assert.All(expected.Skip(1).Zip(lines.Skip(1)), pair => Near.Single(
            float.Parse(pair.First, CultureInfo.InvariantCulture), float.Parse(pair.Second, CultureInfo.InvariantCulture)));
    }
}
