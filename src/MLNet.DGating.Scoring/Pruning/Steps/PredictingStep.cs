using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>A D-Gating model: it needs its selected slots alone, and counts them anew in what is left of its feature column.</summary>
internal sealed class PredictingStep(IHostEnvironment env, ITransformer transformer, DataViewSchema input) : PrunableStep
{
    private bool _isNeeded;

    private string FeatureColumn => ((ISingleFeaturePredictionTransformer<object>)transformer).FeatureColumnName;

    public override void Trace(ColumnNeeds needs)
    {
        foreach (string column in StepColumns.Made(transformer, input))
        {
            _isNeeded |= needs.Take(column) is not null;
        }

        if (_isNeeded)
        {
            IReadOnlyList<bool> support = PredictionSteps.Selection(transformer)!.Support;
            needs.Add(FeatureColumn, SlotSet.Of(support.Count, slot => support[slot]));
        }
    }

    public override IEnumerable<ITransformer> Rebuild(ColumnLayouts layouts) =>
        !_isNeeded ? []
        : layouts.KeptSlots(FeatureColumn) is { } kept ? [PredictionSteps.OfSlots(env, transformer, kept, layouts.Schema)]
        : [transformer];
}
