using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes nothing for a step that keeps or drops columns: variables that nothing reads do no harm.</summary>
internal sealed class SelectingConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline) => step is ColumnSelectingTransformer;
}
