using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Models;

/// <summary>A model's zip: what ML.NET saves, the description, and the page about the training.</summary>
/// <remarks>Any application loads it as a model of ML.NET; the commands of the tool also read the description and the page.</remarks>
internal sealed class ModelFile
{
    private const string DescriptionEntry = "dgating.json";
    private const string PageEntry = "dgating.html";

    private ModelFile(ITransformer model, DataViewSchema inputSchema, ModelDescription description)
    {
        Model = model;
        InputSchema = inputSchema;
        Description = description;
    }

    public ITransformer Model { get; }

    /// <summary>The columns that the model takes.</summary>
    public DataViewSchema InputSchema { get; }

    public ModelDescription Description { get; }

    /// <summary>Writes a model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mlContext">What saves the model.</param>
    /// <param name="trained">The model.</param>
    /// <param name="html">The page about the training.</param>
    public static void Save(string path, MLContext mlContext, TrainedModel trained, string html) => OutputFile.Write(path, temporary =>
    {
        mlContext.Model.Save(trained.Model, trained.InputSchema, temporary);
        using (ZipArchive zip = ZipFile.Open(temporary, ZipArchiveMode.Update))
        {
            using (Stream entry = zip.CreateEntry(DescriptionEntry).Open())
            {
                JsonSerializer.Serialize(entry, trained.Description, Json.Options);
            }

            using var page = new StreamWriter(zip.CreateEntry(PageEntry).Open());
            page.Write(html);
        }

        ModelArchive.AddManifest(temporary);
    });

    /// <summary>Loads a model and its description.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mlContext">What loads the model.</param>
    /// <param name="trust">Whether the checksums are not looked at.</param>
    /// <exception cref="ToolException">The file is no model, none of this tool, or damaged.</exception>
    public static ModelFile Load(string path, MLContext mlContext, bool trust = false)
    {
        ModelDescription description = Describe(path, trust);
        try
        {
            return new ModelFile(mlContext.Model.Load(path, out DataViewSchema inputSchema), inputSchema, description);
        }
        catch (Exception fault)
        {
            // ML.NET's readers meet damage with exceptions of any type, several layers deep.
            throw Damaged(path, fault.GetBaseException());
        }
    }

    /// <summary>Reads the description alone, without loading the model.</summary>
    /// <exception cref="ToolException">The file is no model of this tool, damaged, or was written by a newer tool.</exception>
    public static ModelDescription Describe(string path, bool trust = false) => Read(path, DescriptionEntry, trust, entry =>
    {
        ModelDescription description = JsonSerializer.Deserialize<ModelDescription>(entry, Json.Options)!;
        return description.Version <= ModelDescription.CurrentVersion ? description
            : throw ToolException.Input($"'{path}' was written by a newer dgating: update the tool with dotnet tool update.");
    });

    /// <summary>Reads the page about the training.</summary>
    /// <exception cref="ToolException">The file is no model of this tool, or damaged.</exception>
    public static string Page(string path, bool trust = false) => Read(path, PageEntry, trust, entry =>
    {
        using var reader = new StreamReader(entry);
        return reader.ReadToEnd();
    });

    private static T Read<T>(string path, string entryName, bool trust, Func<Stream, T> read) => InputFile.Read(path, () =>
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        ZipArchiveEntry found = zip.GetEntry(entryName) ?? throw ToolException.Input($"'{path}' was not written by dgating train: "
            + "load it with mlContext.Model.Load, or train a model with dgating train.");
        if (!trust)
        {
            Check(path, zip);
        }

        using Stream entry = found.Open();
        return read(entry);
    }, expected: "a model that dgating train wrote");

    private static void Check(string path, ZipArchive zip)
    {
        try
        {
            ModelArchive.Check(zip, new FileInfo(path).Length);
        }
        catch (InvalidDataException fault)
        {
            throw Damaged(path, fault);
        }
    }

    private static ToolException Damaged(string path, Exception fault) => ToolException.Input(
        $"'{path}' is damaged, or not as dgating train wrote it: {Sentence.WithoutPeriod(fault.Message)}. Copy it again, train the model "
        + "again, or, if it is from a source that you trust, give --trust.", fault);
}
