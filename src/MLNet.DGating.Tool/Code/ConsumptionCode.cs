using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Code;

/// <summary>Name.consumption.cs: the row, the prediction, and how to get from one to the other.</summary>
internal static class ConsumptionCode
{
    public static string Write(string name, string modelFile, ModelDescription model, RowClass row) => $$"""
        // Written by dgating code.
        #nullable disable
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using Microsoft.ML;
        using Microsoft.ML.Data;

        namespace {{name}}_Model
        {
            public partial class {{name}}
            {
                /// <summary>
                /// model input class for {{name}}.
                /// </summary>
                #region model input class
                public class ModelInput
                {
        {{row.Members()}}
                }

                #endregion

                /// <summary>
                /// model output class for {{name}}.
                /// </summary>
                #region model output class
                public class ModelOutput
                {
        {{Output(model.Label)}}
                }

                #endregion

                private static string MLNetModelPath = Path.Combine(AppContext.BaseDirectory, {{CSharp.Literal(modelFile)}});

                public static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> PredictEngine = new Lazy<PredictionEngine<ModelInput, ModelOutput>>(() => CreatePredictEngine(), true);

                private static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine()
                {
                    var mlContext = new MLContext();
                    ITransformer mlModel = mlContext.Model.Load(MLNetModelPath, out var _);
                    return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlModel);
                }

        {{Labels(model.Label)}}        /// <summary>
                /// Use this method to predict on <see cref="ModelInput"/>. A PredictionEngine is for one thread at a time.
                /// </summary>
                /// <param name="input">model input.</param>
                /// <returns><seealso cref="ModelOutput"/></returns>
                public static ModelOutput Predict(ModelInput input)
                {
                    var predEngine = PredictEngine.Value;
                    return predEngine.Predict(input);
                }
            }
        }

        """;

    private static string Output(LabelColumn label) => label.Task switch
    {
        LearningTask.Binary => $$"""
                        /// <summary>The label in its own words: {{Xml(label.Negative)}} or {{Xml(label.Positive)}}.</summary>
                        [ColumnName("Prediction")]
                        public string Prediction { get; set; }

                        /// <summary>Whether {{Xml(label.Positive)}} is predicted.</summary>
                        [ColumnName("PredictedLabel")]
                        public bool PredictedLabel { get; set; }

                        /// <summary>The probability of {{Xml(label.Positive)}}.</summary>
                        [ColumnName("Probability")]
                        public float Probability { get; set; }

                        [ColumnName("Score")]
                        public float Score { get; set; }
            """,
        LearningTask.Multiclass => """
                        /// <summary>The label in its own words.</summary>
                        [ColumnName("Prediction")]
                        public string Prediction { get; set; }

                        /// <summary>The probability of each label, in the order of GetLabels.</summary>
                        [ColumnName("Score")]
                        public float[] Score { get; set; }
            """,
        _ => """
                        [ColumnName("Score")]
                        public float Score { get; set; }
            """,
    };

    private static string Labels(LabelColumn label) => label.Task switch
    {
        LearningTask.Regression => "",
        LearningTask.Binary => All + $$"""
                    /// <summary>
                    /// Map the probability to the names of both labels.
                    /// </summary>
                    /// <param name="result">Prediction to get the labeled scores from.</param>
                    /// <returns>Ordered list of label and score.</returns>
                    public static IOrderedEnumerable<KeyValuePair<string, float>> GetSortedScoresWithLabels(ModelOutput result)
                    {
                        var scores = new[] { 1 - result.Probability, result.Probability };
                        return GetLabels().Zip(scores, (label, score) => new KeyValuePair<string, float>(label, score)).OrderByDescending(c => c.Value);
                    }

                    /// <summary>
                    /// Get the ordered label names.
                    /// </summary>
                    public static IEnumerable<string> GetLabels()
                    {
                        return {{CSharp.Literals(label.Words)}};
                    }


            """,
        _ => All + """
                    /// <summary>
                    /// Map the unlabeled result score array to the predicted label names.
                    /// </summary>
                    /// <param name="result">Prediction to get the labeled scores from.</param>
                    /// <returns>Ordered list of label and score.</returns>
                    public static IOrderedEnumerable<KeyValuePair<string, float>> GetSortedScoresWithLabels(ModelOutput result)
                    {
                        return GetLabels().Zip(result.Score, (label, score) => new KeyValuePair<string, float>(label, score)).OrderByDescending(c => c.Value);
                    }

                    /// <summary>
                    /// Get the ordered label names.
                    /// </summary>
                    public static IEnumerable<string> GetLabels()
                    {
                        var names = new VBuffer<ReadOnlyMemory<char>>();
                        PredictEngine.Value.OutputSchema["Score"].GetSlotNames(ref names);
                        return names.DenseValues().Select(x => x.ToString()).ToArray();
                    }


            """,
    };

    private const string All = """
                /// <summary>
                /// Use this method to predict scores for all possible labels.
                /// </summary>
                /// <param name="input">model input.</param>
                /// <returns>Ordered list of label and score.</returns>
                public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(ModelInput input)
                {
                    return GetSortedScoresWithLabels(Predict(input));
                }


        """;

    private static string Xml(string word) =>
        new System.Xml.Linq.XText(word.ReplaceLineEndings(" ")).ToString();
}
