using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using MLNet.DGating.Fuzz.Mutation;
using MLNet.DGating.Fuzz.Written;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Fuzz.Targets;

/// <summary>A table whose names and values nobody expects, and everything that is written of it: ONNX, the page and C#.</summary>
internal sealed class NamesTarget : FuzzTarget
{
    private const int Rows = 80, Names = 4, Values = 3, Classes = 2;
    private const float Tolerance = 1e-5f;

    private static readonly TableHints s_commas = TableHints.None with { Separator = ',', HasHeader = true };

    private readonly Scratch _scratch;
    private readonly WrittenPage _plain;

    public NamesTarget(Scratch scratch)
        : base("names and values")
    {
        (Trains, IsDamaged) = (true, false);
        _scratch = scratch;
        Train(["a", "b", "c", "label", "red", "green", "blue", "yes", "no"]);
        _plain = WrittenPage.Read(_scratch["names.html"]);
    }

    // Names of columns, the last one that of the label; values of a category; words of the two classes.
    public override byte[] Create(Random random)
    {
        var words = new List<string>();
        for (int i = 0; i < Names + Values + Classes; i++)
        {
            // No system hands over a word with a zero in it, and equal names or values are another thing.
            string word = Words.Several(random).Replace("\0", "", StringComparison.Ordinal);
            words.Add(word.Length == 0 || words.Contains(word) || random.Next(3) == 0 ? $"{word}{(char)('a' + i)}" : word);
        }

        return JsonSerializer.SerializeToUtf8Bytes(words);
    }

    public override Answer Try(byte[] input)
    {
        string[] words = JsonSerializer.Deserialize<string[]>(input)!;
        ExitCode code = Train(words);
        if (code != ExitCode.Success)
        {
            return Answer.Refused;
        }

        CheckOnnx();
        _plain.Compare(_scratch["names.html"]);
        Diagnostic[] errors = [.. CompiledCode.Of(_scratch["names"], "Names").GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        return errors.Length == 0 ? Answer.Taken : throw new FuzzFault(FaultKind.Crash, errors[0].ToString());
    }

    private ExitCode Train(string[] words)
    {
        _scratch.File("names.csv", Encoding.UTF8.GetBytes(Table(words)));
        return Run(
            "train", _scratch["names.csv"], $"--label={words[Names - 1]}", "--task", "binary", "--features", "2", "--split", "0",
            "--encoding", "none", "--separator", ",", "--header", "-o", _scratch["names.zip"], "--code", _scratch["names"], "--force");
    }

    private static string Table(string[] words)
    {
        var table = new StringBuilder(Line(words[..Names]));
        for (int row = 0; row < Rows; row++)
        {
            int value = row * 7 % Values;
            double number = row * 37 % 101 / 50.0 - 1;
            bool isFirst = number + value - 1 > 0;
            table.Append(Line([
                number.ToString("f3", CultureInfo.InvariantCulture), words[Names + value],
                (row * 53 % 97 / 97.0).ToString("f3", CultureInfo.InvariantCulture), words[Names + Values + (isFirst ? 0 : 1)],
            ]));
        }

        return table.ToString();
    }

    private static string Line(string[] cells) =>
        string.Join(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n";

    // It loads, has the names in its metadata, and gives the predictions of the tool.
    private void CheckOnnx()
    {
        string model = _scratch["names.zip"], onnx = _scratch["names.onnx"], predicted = _scratch["predicted.csv"];
        string plain = _scratch["plain.csv"];
        Succeed("export", model, "--onnx", "-o", onnx, "--force");
        Succeed("predict", model, _scratch["names.csv"], "--separator", ",", "--header", "-o", predicted, "--force");
        // ONNX takes cells as they are understood: without the space around a word.
        Succeed("inspect", _scratch["names.csv"], "--separator", ",", "--header", "-o", plain, "--force");
        var run = new OnnxRun(onnx, TableFile.Open(plain, s_commas));
        ModelDescription description = ModelFile.Describe(model);
        Same("inputs", description.UsedColumns.Select(column => column.Name).Order(), InMetadata(run, "inputs").Order());
        Same("inputs", run.Inputs.Order(), InMetadata(run, "inputs").Order());
        Same("classes", [description.Label.Negative!, description.Label.Positive!], InMetadata(run, "classes"));
        string[][] rows = Cells(TableFile.Open(predicted, s_commas));
        Same("predictions", rows.Select(row => row[^2]), run.Words("Prediction.output"));
        foreach ((int row, float probability) in run.Numbers("Probability.output", 0).Index())
        {
            float expected = float.Parse(rows[row][^1], CultureInfo.InvariantCulture);
            if (!(Math.Abs(expected - probability) <= Tolerance))
            {
                throw new FuzzFault(FaultKind.Silent, $"ONNX gives {probability} for row {row}, the tool {expected}");
            }
        }
    }

    private static string[] InMetadata(OnnxRun run, string key) =>
        JsonSerializer.Deserialize<string[]>(run.Metadata["dgating." + key])!;

    private static void Same(string what, IEnumerable<string> expected, IEnumerable<string> found)
    {
        if (!expected.SequenceEqual(found))
        {
            throw new FuzzFault(FaultKind.Silent, $"ONNX has other {what}: {string.Join('|', found)} for {string.Join('|', expected)}");
        }
    }

    private static string[][] Cells(TableFile table)
    {
        var rows = new List<string[]>();
        using TableReader reader = table.Read();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, table.ColumnNames.Count).Select(column => reader.Cell(column).ToString())]);
        }

        return [.. rows];
    }

    private static void Succeed(params string[] arguments)
    {
        if (Run(arguments) is var code and not ExitCode.Success)
        {
            throw new FuzzFault(FaultKind.Crash, $"{arguments[0]} of a model that was trained ends with {code}");
        }
    }

    private static ExitCode Run(params string[] arguments)
    {
        (int code, _, string error) = Scratch.Run(arguments);
        return (ExitCode)code is ExitCode.Success or ExitCode.Usage or ExitCode.Input or ExitCode.Training ? (ExitCode)code
            : throw new FuzzFault(FaultKind.Crash, $"exit code {code}: {error}");
    }
}
