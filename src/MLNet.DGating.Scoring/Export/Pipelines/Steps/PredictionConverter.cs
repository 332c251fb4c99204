using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Writes a D-Gating model, with the columns of ML.NET's transformer around it.</summary>
internal sealed class PredictionConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        switch (step)
        {
            case BinaryPredictionTransformer<DGatingBinaryModelParameters> binary:
                string[] names = Write(binary.Model, binary.FeatureColumnName, pipeline);
                string threshold = pipeline.Document.AddConstant("Threshold", [binary.Threshold]);
                string score = names[Array.IndexOf(Columns(binary.Model), binary.ThresholdColumn)];
                pipeline.Set(DefaultColumnNames.PredictedLabel, pipeline.Document.AddNode("Greater", [score, threshold]));
                return true;
            case MulticlassPredictionTransformer<DGatingMulticlassModelParameters> multiclass:
                Write(multiclass.Model, multiclass.FeatureColumnName, pipeline);
                return true;
            case RegressionPredictionTransformer<DGatingRegressionModelParameters> regression:
                Write(regression.Model, regression.FeatureColumnName, pipeline);
                return true;
            case RegressionPredictionTransformer<DGatingQuantileModelParameters> quantile:
                Write(quantile.Model, quantile.FeatureColumnName, pipeline);
                return true;
            default:
                return false;
        }
    }

    private static string[] Columns<T>(DGatingModelParameters<T> model) =>
        [.. model.OnnxHead.Outputs(model.Network.OutputCount).Select(output => output.Name)];

    private static string[] Write<T>(DGatingModelParameters<T> model, string features, PipelineDocument pipeline)
    {
        string[] columns = Columns(model);
        string[] names = Array.ConvertAll(columns, pipeline.Document.NewName);
        model.OnnxHead.AddTo(new NetworkGraph(pipeline.Document, model.Network, pipeline[features]), names);
        foreach ((string column, string name) in columns.Zip(names))
        {
            pipeline.Set(column, name);
        }

        return names;
    }
}
