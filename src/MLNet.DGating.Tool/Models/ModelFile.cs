using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML;
using MLNet.DGating.Tool.Input;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Tool.Models;

/// <summary>model.zip: what ML.NET saves, which any application loads, and beside it the description that the tool's other commands read.</summary>
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

    /// <summary>The columns the model takes.</summary>
    public DataViewSchema InputSchema { get; }

    public ModelDescription Description { get; }

    public static void Save(string path, MLContext mlContext, TrainedModel trained) =>
        OutputFile.Write(path, temporary =>
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

    /// <exception cref="ToolException">It is no model, or none of this tool.</exception>
    public static ModelFile Load(string path, MLContext mlContext)
    {
        ModelDescription description = Describe(path);
        try
        {
            return new ModelFile(mlContext.Model.Load(path, out DataViewSchema inputSchema), inputSchema, description);
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or InvalidOperationException or EndOfStreamException)
        {
            throw ToolException.Input($"'{path}' is damaged: {Sentence.WithoutPeriod(fault.Message)}. Copy it again, or train the model again.", fault);
        }
    }

    /// <summary>The description alone, without loading the model.</summary>
    public static ModelDescription Describe(string path) => Read(path, DescriptionEntry, entry =>
    {
        ModelDescription description = JsonSerializer.Deserialize<ModelDescription>(entry, Json.Options)!;
        return description.Version <= ModelDescription.CurrentVersion ? description
            : throw ToolException.Input($"'{path}' was written by a newer dgating: update the tool with dotnet tool update.");
    });

    /// <summary>The page about the training.</summary>
    public static string Page(string path) => Read(path, PageEntry, entry =>
    {
        using var reader = new StreamReader(entry);
        return reader.ReadToEnd();
    });

    private static T Read<T>(string path, string entryName, Func<Stream, T> read)
    {
        return TableFile.Guard(path, () =>
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            using Stream entry = (zip.GetEntry(entryName) ?? throw ToolException.Input(
                $"'{path}' was not written by dgating train: load it with mlContext.Model.Load, or train a model with dgating train.")).Open();
            return read(entry);
        }, expected: "a model that dgating train wrote");
    }
}
