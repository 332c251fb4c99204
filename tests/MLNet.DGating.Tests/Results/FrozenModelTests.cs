using System.Globalization;
using System.Reflection;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Results;

/// <summary>
/// Models saved by a released format load and score as they did, in every later version of the library. FrozenModels/vN holds, for
/// each task, the model, the rows it is asked about and what it said. A folder is written once and never again: a new version of the
/// format gets a new folder beside the old ones.
/// </summary>
public class FrozenModelTests
{
    private const string CurrentVersion = "v5";

    private readonly MLContext _context = new(seed: 1);

    public static IEnumerable<object[]> Models => Files().Select(file => new object[] { file.Version, file.Task });

    [Fact]
    public void Models_AreThereForEveryTask() =>
        Assert.Equal([(CurrentVersion, "binary"), (CurrentVersion, "multiclass"), (CurrentVersion, "regression")],
            Files().Where(model => model.Version == CurrentVersion).Order());

    // Sums of products are grouped by the width of the processor's vectors, so other processors may differ in the last bits.
    [Theory, MemberData(nameof(Models))]
    public void Load_OfAFrozenModel_ScoresAsItDidThen(string version, string task)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "FrozenModels", version);
        var model = new Fitted(_context.Model.Load(Path.Combine(folder, task + ".zip"), out _));
        DataRow[] rows = [.. Table(Path.Combine(folder, "rows.csv")).Select(values => DataRow.Create(values, 0))];
        float[] expected = [.. Table(Path.Combine(folder, task + ".scores.csv")).SelectMany(values => values)];
        float[] actual = model.Scores(_context, rows);
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6f * Math.Max(1, Math.Abs(pair.First))));
    }

    [Theory, MemberData(nameof(Models))]
    public void Load_OfAFrozenModel_KnowsItsFeaturesAndPath(string version, string task)
    {
        var model = new Fitted(_context.Model.Load(Path.Combine(AppContext.BaseDirectory, "FrozenModels", version, task + ".zip"), out _));
        Assert.IsType(TrainingTask.Get(task).Model, model.Model);
        Assert.Equal(["age", "Slot 1"], model.Report.SelectedNames);
        Assert.Equal([5], model.Report.ConstantIndices);
        Assert.All(model.Report.Features, gate => Assert.Equal(gate.IsSelected, double.IsPositiveInfinity(gate.LambdaOut)));
        Assert.Equal(5, model.Path[0].FeatureCount);
        Assert.InRange(model.Path[^1].FeatureCount, 1, 2);
    }

    // Writes the folder of a new format version into the sources: raise CurrentVersion, take the Skip away, run this test once, put it
    // back.
    [Fact(Skip = "Writes files: for a new version of the model format only.")]
    public void Write()
    {
        Assembly tests = typeof(FrozenModelTests).Assembly;
        string sources = tests.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "FrozenModels").Value!;
        string folder = Path.Combine(sources, CurrentVersion);
        Assert.False(Directory.Exists(folder), $"{folder} exists: frozen models are never written again.");
        Directory.CreateDirectory(folder);

        DataRow[] train = [.. Planted.Linear(200, 5, 2, seed: 1).Select((row, i) => row.With(
            [row.Values[0], i % 7 == 0 ? float.NaN : row.Values[1], .. row.Values[2..], 7]))];
        IDataView data = DataRow.View(_context, train, ["age", "", "height", "a", "b", "c"]);
        // Rows as in training, and such as stretch the standardization: far out, missing where it matters, and where it matters not.
        float[][] stretching =
        [
            [1000, -1000, 0, 0, 0, 0], [1, 2, float.NaN, 4, 5, float.NaN], [1, float.NaN, 0, 0, 0, 0], [float.NaN, 1, 0, 0, 0, 0],
        ];
        DataRow[] rows = [.. Planted.Linear(20, 6, 2, seed: 2), .. stretching.Select(values => DataRow.Create(values, 0))];
        File.WriteAllLines(Path.Combine(folder, "rows.csv"), rows.Select(row => Line(row.Values)));
        foreach (string task in (string[])["binary", "multiclass", "regression"])
        {
            Fitted fitted = TrainingTask.Get(task).Fit(_context, data, 2, options => options.NumericEncoding = task == "regression"
                ? DGatingNumericEncoding.Embedding
                : DGatingNumericEncoding.PiecewiseLinear);
            _context.Model.Save(fitted.Transformer, data.Schema, Path.Combine(folder, task + ".zip"));
            float[] scores = fitted.Scores(_context, rows);
            File.WriteAllLines(Path.Combine(folder, task + ".scores.csv"), scores.Chunk(scores.Length / rows.Length).Select(Line));
        }
    }

    private static IEnumerable<(string Version, string Task)> Files() =>
        from folder in Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "FrozenModels"))
        from file in Directory.GetFiles(folder, "*.zip")
        select (Path.GetFileName(folder), Path.GetFileNameWithoutExtension(file));

    private static string Line(float[] values) =>
        string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static IEnumerable<float[]> Table(string path) =>
        File.ReadLines(path).Select(line => Array.ConvertAll(line.Split(','), value => float.Parse(value, CultureInfo.InvariantCulture)));
}
