using System.Text;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Code;

/// <summary>Name.training.cs: the pipeline of the model, with the options that were used, and how to train it again.</summary>
internal static class TrainingCode
{
    public static string Write(string name, ModelDescription model, RowClass row) => $$"""
        // Written by dgating code.
        #nullable disable
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using Microsoft.ML;
        using Microsoft.ML.Data;
        using Microsoft.ML.Transforms;
        using Microsoft.ML.Transforms.Text;
        using MLNet.DGating;

        namespace {{name}}_Model
        {
            public partial class {{name}}
            {
                public const string RetrainFilePath = {{CSharp.Literal(model.Source.File)}};
                public const char RetrainSeparatorChar = {{Character(model.Source.Format.Separator)}};
                public const bool RetrainHasHeader = {{(model.Source.Format.HasHeader ? "true" : "false")}};
                public const bool RetrainAllowQuoting = true;

                /// <summary>
                /// Train a new model with the provided dataset.
                /// </summary>
                /// <param name="outputModelPath">File path for saving the model.</param>
                /// <param name="inputDataFilePath">Path to the data file for training: csv or tsv, not packed.</param>
                /// <param name="separatorChar">Separator character for delimited training file.</param>
                /// <param name="hasHeader">Boolean if training file has a header.</param>
                /// <param name="allowQuoting">Boolean if cells of the training file may be quoted.</param>
                public static void Train(string outputModelPath, string inputDataFilePath = RetrainFilePath, char separatorChar = RetrainSeparatorChar, bool hasHeader = RetrainHasHeader, bool allowQuoting = RetrainAllowQuoting)
                {
                    var mlContext = new MLContext(seed: {{model.Training.Seed}});

                    var data = LoadIDataViewFromFile(mlContext, inputDataFilePath, separatorChar, hasHeader, allowQuoting);
                    var model = RetrainModel(mlContext, data);
                    SaveModel(mlContext, model, data, outputModelPath);
                }

                /// <summary>
                /// Load an IDataView from a file path. Missing numbers are NaN, quoted cells may hold newlines, rows without a label are left out.
                /// </summary>
                /// <param name="mlContext">The common context for all ML.NET operations.</param>
                /// <param name="inputDataFilePath">Path to the data file for training.</param>
                /// <param name="separatorChar">Separator character for delimited training file.</param>
                /// <param name="hasHeader">Boolean if training file has a header.</param>
                /// <param name="allowQuoting">Boolean if cells of the training file may be quoted.</param>
                /// <returns>IDataView with loaded training data.</returns>
                public static IDataView LoadIDataViewFromFile(MLContext mlContext, string inputDataFilePath, char separatorChar, bool hasHeader, bool allowQuoting)
                {
                    var rows = mlContext.Data.LoadFromTextFile<ModelInput>(inputDataFilePath, new TextLoader.Options
                    {
                        Separators = new[] { separatorChar },
                        HasHeader = hasHeader,
                        AllowQuoting = allowQuoting,
                        ReadMultilines = allowQuoting,
                        MissingRealsAsNaNs = true,
                    });
                    {{Labelled(model.Label, row)}}
                }

                /// <summary>
                /// Save a model at the specified path.
                /// </summary>
                /// <param name="mlContext">The common context for all ML.NET operations.</param>
                /// <param name="model">Model to save.</param>
                /// <param name="data">IDataView used to train the model.</param>
                /// <param name="modelSavePath">File path for saving the model.</param>
                public static void SaveModel(MLContext mlContext, ITransformer model, IDataView data, string modelSavePath)
                {
                    mlContext.Model.Save(model, data.Schema, modelSavePath);
                }

                /// <summary>
                /// Retrain model using the pipeline generated as part of the training process.
                /// </summary>
                /// <param name="mlContext">The common context for all ML.NET operations.</param>
                /// <param name="trainData">IDataView used to train the model.</param>
                /// <returns>Trained model.</returns>
                public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData)
                {
                    var pipeline = BuildPipeline(mlContext);
                    var model = pipeline.Fit(trainData);

                    return model;
                }

                /// <summary>
                /// Build the pipeline that dgating trained. Use this function to retrain the model.
                /// </summary>
                /// <param name="mlContext">The common context for all ML.NET operations.</param>
                /// <returns>The pipeline, to be fitted.</returns>
                public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext)
                {
                    // Data process configuration with pipeline data transformations
                    var pipeline = {{Pipeline(model)}};

                    return pipeline;
                }
            }
        }

        """;

    private static string Pipeline(ModelDescription model)
    {
        FeaturePlan plan = FeaturePlan.Of(model.Columns, model.Label.Name, model.Weight);
        bool hasWords = model.Label.Task != LearningTask.Regression;
        List<string> steps = [.. plan.Steps.Select(step => $"mlContext.Transforms.{step.Code}")];
        if (hasWords)
        {
            steps.Add($"mlContext.Transforms.{new LabelStep(model.Label).Code}");
        }

        steps.Add(Trainer(model, plan));
        if (hasWords)
        {
            steps.Add($"mlContext.Transforms.{new PredictionStep(model.Label).Code}");
        }

        var text = new StringBuilder(steps[0]);
        foreach (string step in steps.Skip(1))
        {
            text.Append("\n                                    .Append(").Append(step).Append(')');
        }

        return text.ToString();
    }

    private static string Trainer(ModelDescription model, FeaturePlan plan)
    {
        (string catalog, string trainer) = model.Label.Task switch
        {
            LearningTask.Binary => ("BinaryClassification", "DGatingBinaryTrainer"),
            LearningTask.Multiclass => ("MulticlassClassification", "DGatingMulticlassTrainer"),
            _ => ("Regression", "DGatingRegressionTrainer"),
        };
        string weight = model.Weight is null ? "" : $"ExampleWeightColumnName = {CSharp.Literal(model.Weight)}, ";
        int count = model.Features.Count(feature => feature.IsSelected);
        return $"mlContext.{catalog}.Trainers.DGating(new {trainer}.Options() {{ LabelColumnName = {CSharp.Literal(model.Label.Name)}, "
            + $"FeatureColumnName = {CSharp.Literal(plan.FeatureColumn)}, {weight}MaximumFeatureCount = {count}, Seed = {model.Training.Seed} }})";
    }

    private static string Labelled(LabelColumn label, RowClass row) => label.Task switch
    {
        LearningTask.Regression => $"return mlContext.Data.FilterRowsByMissingValues(rows, {CSharp.Literal(label.Name)});",
        LearningTask.Binary => $"return mlContext.Data.FilterByCustomPredicate<ModelInput>(rows, row => !GetLabels().Contains(row.{row.LabelProperty}));",
        _ => $"return mlContext.Data.FilterByCustomPredicate<ModelInput>(rows, row => string.IsNullOrWhiteSpace(row.{row.LabelProperty}));",
    };

    private static string Character(char separator) => separator switch
    {
        '\t' => "'\\t'",
        '\'' or '\\' => $"'\\{separator}'",
        _ => $"'{separator}'",
    };
}
