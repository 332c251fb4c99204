using System.Text.Json;
using MLNet.DGating.Model;
using MLNet.DGating.Scoring.Tests.Network;
using Microsoft.ML.OnnxRuntime;

namespace MLNet.DGating.Scoring.Tests.Export;

public class OnnxFileTests
{
    private static readonly OnnxHead s_head = new RegressionHead(InverseLink.Of(Link.Identity));

    private static readonly string[] s_names = ["Alter, „Jahre“", "Größe", "c", "d", "e"];

    public static TheoryData<string, string[], string> Tasks => new()
    {
        { "binary", ["PredictedLabel", "Score", "Probability"], "binary classification" },
        { "multiclass", ["PredictedLabel", "Score"], "multiclass classification" },
        { "regression", ["Score"], "regression" },
    };

    [Theory, MemberData(nameof(Tasks))]
    public void Metadata_TellTheTaskAndTheSelectedFeatures(string task, string[] outputs, string title)
    {
        OnnxCase model = Create(task, "Eingänge");
        using var session = new InferenceSession(model.ToBytes());
        Assert.Equal(["Eingänge"], session.InputNames);
        Assert.Equal([-1, 5], session.InputMetadata["Eingänge"].Dimensions);
        Assert.Equal(outputs, session.OutputNames);
        Assert.All(outputs, output => Assert.Equal(-1, session.OutputMetadata[output].Dimensions[0]));

        Dictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal("MLNet.DGating", metadata["dgating.library"]);
        Assert.StartsWith("1.", metadata["dgating.version"], StringComparison.Ordinal);
        Assert.Equal(title, metadata["dgating.task"]);
        Assert.Equal("Eingänge", metadata["dgating.feature_column"]);
        Assert.Equal("5", metadata["dgating.slot_count"]);
        Assert.Equal(session.InputNames, Strings(metadata["dgating.inputs"]));
        Assert.Equal(session.OutputNames, Strings(metadata["dgating.outputs"]));
        Assert.Equal(model.Report.SelectedNames, Strings(metadata["dgating.features"]));
        Assert.Equal(model.Report.SelectedNames, Strings(metadata["dgating.selected_slot_names"]));
        Assert.Equal(model.Report.SelectedIndices, JsonSerializer.Deserialize<int[]>(metadata["dgating.selected_slots"]));
        Assert.Equal("MLNet.DGating", session.ModelMetadata.ProducerName);
    }

    [Theory]
    [InlineData("Score")]
    [InlineData("Probability")]
    [InlineData("PredictedLabel")]
    public void AFeatureColumnNamedAsAnOutput_IsRefused(string name)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Create("binary", name).ToBytes());
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gemm")]
    [InlineData("Mean")]
    [InlineData("Weights")]
    public void AFeatureColumnNamedAsAnOperatorOrConstant_IsNoProblem(string name)
    {
        OnnxCase model = Create("regression", name);
        float[][] rows = [[1, 2, 3, 4, 5]];
        OnnxResult.Run(model.ToBytes(), rows, name).AssertAgrees(model.Predict(rows));
    }

    [Fact]
    public void Save_ToAStream_LeavesItOpenAfterTheModel()
    {
        OnnxCase model = Create("regression");
        using var stream = new MemoryStream();
        stream.WriteByte(1);
        model.Save(stream);
        Assert.Equal(model.ToBytes(), stream.ToArray()[1..]);
        stream.WriteByte(2);
    }

    [Fact]
    public void Save_ToAStreamThatCannotBeWritten_NamesTheCure()
    {
        using var stream = new MemoryStream([], writable: false);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Create("regression").Save(stream));
        Assert.Equal("The stream cannot be written to. Open it for writing. (Parameter 'stream')", error.Message);
        Assert.Throws<ArgumentNullException>(() => Create("regression").Save(null!));
    }

    [Fact]
    public void Save_ToAPath_ReplacesTheFileAndLeavesNothingElse() => InFolder(folder =>
    {
        OnnxCase model = Create("regression");
        string path = Path.Combine(folder, "model.onnx");
        File.WriteAllText(path, "an older one, longer than the new one" + new string(' ', 100_000));
        OnnxFile.Save(path, model.Network, model.Report, s_head);
        Assert.Equal(model.ToBytes(), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    });

    [Fact]
    public void Save_ToAPathThatCannotBeReplaced_LeavesNothingBehind() => InFolder(folder =>
    {
        OnnxCase model = Create("regression");
        string path = Directory.CreateDirectory(Path.Combine(folder, "model.onnx")).FullName;
        Assert.ThrowsAny<SystemException>(() => OnnxFile.Save(path, model.Network, model.Report, s_head));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
        Assert.Throws<ArgumentException>(() => OnnxFile.Save("", model.Network, model.Report, s_head));
    });

    [Fact]
    public void Save_OfTheSameModel_GivesTheSameBytes() => Assert.Equal(Create("multiclass").ToBytes(), Create("multiclass").ToBytes());

    private static OnnxCase Create(string task, string featureColumn = "Features")
    {
        int outputs = task == "multiclass" ? 3 : 1;
        return OnnxCase.Create(
            Networks.Create(new Random(1), 5, hiddenCount: 2, outputs, skip: true, DGatingActivation.Relu, selectedCount: 3, width: 4),
            task, featureColumn, SlotMetadata.None with { Names = s_names });
    }

    private static string[] Strings(string json) => JsonSerializer.Deserialize<string[]>(json)!;

    private static void InFolder(Action<string> test)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("onnx");
        try
        {
            test(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
