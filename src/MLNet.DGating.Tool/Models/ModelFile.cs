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

    private ModelFile(string path, ITransformer model, ModelDescription description)
    {
        Path = path;
        Model = model;
        Description = description;
    }

    public string Path { get; }

    public ITransformer Model { get; }

    public ModelDescription Description { get; }

    public static void Save(string path, MLContext mlContext, ITransformer model, DataViewSchema inputSchema, ModelDescription description) =>
        OutputFile.Write(path, temporary =>
        {
            mlContext.Model.Save(model, inputSchema, temporary);
            using ZipArchive zip = ZipFile.Open(temporary, ZipArchiveMode.Update);
            using Stream entry = zip.CreateEntry(DescriptionEntry).Open();
            JsonSerializer.Serialize(entry, description, Json.Options);
        });

    /// <exception cref="ToolException">It is no model, or none of this tool.</exception>
    public static ModelFile Load(string path, MLContext mlContext)
    {
        ModelDescription description = Describe(path);
        try
        {
            return new ModelFile(path, mlContext.Model.Load(path, out _), description);
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or InvalidOperationException or EndOfStreamException)
        {
            throw ToolException.Input($"'{path}' is damaged: {Sentence.WithoutPeriod(fault.Message)}. Copy it again, or train the model again.", fault);
        }
    }

    /// <summary>The description alone, without loading the model.</summary>
    public static ModelDescription Describe(string path)
    {
        return TableFile.Guard(path, () =>
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            using Stream entry = (zip.GetEntry(DescriptionEntry) ?? throw ToolException.Input(
                $"'{path}' was not written by dgating train: load it with mlContext.Model.Load, or train a model with dgating train.")).Open();
            ModelDescription description = JsonSerializer.Deserialize<ModelDescription>(entry, Json.Options)!;
            return description.Version <= ModelDescription.CurrentVersion ? description
                : throw ToolException.Input($"'{path}' was written by a newer dgating: update the tool with dotnet tool update.");
        }, expected: "a model that dgating train wrote");
    }
}
