using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes a step that drops slots, for any number of rows.</summary>
internal sealed class SlotDroppingConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not SlotsDroppingTransformer dropping || !SlotDroppingStep.Covers(dropping, input))
        {
            return false;
        }

        for (int column = 0; column < dropping.ColumnPairs.Length; column++)
        {
            (string output, string source) = dropping.ColumnPairs[column];
            long[] kept = Array.ConvertAll(SlotDroppingStep.Kept(dropping, column, input), slot => (long)slot);
            string slots = pipeline.Document.AddConstant("KeptSlots", kept, kept.Length);
            pipeline.Set(output, pipeline.Document.AddNode("Gather", [pipeline[source], slots], OnnxAttribute.Axis(1)));
        }

        return true;
    }
}
