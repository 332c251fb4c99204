using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>A path that was followed, with the steps to its features and the model of the chosen count.</summary>
/// <param name="Plan">The plan of the steps.</param>
/// <param name="Label">The step that maps the label's words.</param>
/// <param name="Features">The steps from the table's columns to the features.</param>
/// <param name="Rows">The training rows with their features.</param>
/// <param name="Path">The path; null where training went on from a model.</param>
/// <param name="Predictor">The model.</param>
internal sealed record FittedModel(
    FeaturePlan Plan, ITransformer Label, ITransformer Features, IDataView Rows, DGatingPath? Path, ITransformer Predictor)
{
    /// <summary>The steps from the table's columns to the scores.</summary>
    public TransformerChain<ITransformer> Scoring => new([.. (IEnumerable<ITransformer>)Features, Predictor]);

    /// <summary>The selection of the model.</summary>
    public FeatureSelectionReport Selection => Training.Selection.Of(Predictor);

    /// <summary>Scores rows that have a label.</summary>
    public IDataView Score(IDataView rows) => Scoring.Transform(Label.Transform(rows));
}
