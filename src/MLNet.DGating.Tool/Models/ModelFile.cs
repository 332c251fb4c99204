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

    public static void Save(string path, MLContext mlContext, TrainedModel trained) => OutputFile.Write(path, temporary =>
    {
        mlContext.Model.Save(trained.Model, trained.InputSchema, temporary);
        using ZipArchive zip = ZipFile.Open(temporary, ZipArchiveMode.Update);
        using (Stream entry = zip.CreateEntry(DescriptionEntry).Open())
        {
            JsonSerializer.Serialize(entry, trained.Description, Json.Options);
        }

        using var page = new StreamWriter(zip.CreateEntry(PageEntry).Open());
        page.Write(trained.Page);
    });

    /// <summary>Loads a model and its description.</summary>
    /// <exception cref="ToolException">The file is no model, or none of this tool.</exception>
    public static ModelFile Load(string path, MLContext mlContext)
    {
        ModelDescription description = Describe(path);
        try
        {
            return new ModelFile(mlContext.Model.Load(path, out DataViewSchema inputSchema), inputSchema, description);
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or InvalidOperationException or EndOfStreamException)
        {
            throw ToolException.Input($"'{path}' is damaged: {Sentence.WithoutPeriod(fault.Message)}. "
                + "Copy it again, or train the model again.", fault);
        }
    }

    /// <summary>Reads the description alone, without loading the model.</summary>
    /// <exception cref="ToolException">The file is no model of this tool, or was written by a newer one.</exception>
    public static ModelDescription Describe(string path) => Read(path, DescriptionEntry, entry =>
    {
        ModelDescription description = JsonSerializer.Deserialize<ModelDescription>(entry, Json.Options)!;
        return description.Version <= ModelDescription.CurrentVersion ? description
            : throw ToolException.Input($"'{path}' was written by a newer dgating: update the tool with dotnet tool update.");
    });

    /// <summary>Reads the page about the training.</summary>
    /// <exception cref="ToolException">The file is no model of this tool.</exception>
    public static string Page(string path) => Read(path, PageEntry, entry =>
    {
        using var reader = new StreamReader(entry);
        return reader.ReadToEnd();
    });

    private static T Read<T>(string path, string entryName, Func<Stream, T> read) => InputFile.Read(path, () =>
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        ZipArchiveEntry found = zip.GetEntry(entryName) ?? throw ToolException.Input($"'{path}' was not written by dgating train: "
            + "load it with mlContext.Model.Load, or train a model with dgating train.");
        using Stream entry = found.Open();
        return read(entry);
    }, expected: "a model that dgating train wrote");
}
