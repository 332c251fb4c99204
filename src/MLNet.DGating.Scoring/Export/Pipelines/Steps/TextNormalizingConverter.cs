using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating;

/// <summary>Takes a step that makes texts lower case and removes accents, punctuation or digits; it is written with their words.</summary>
internal sealed class TextNormalizingConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not TextNormalizingTransformer { ColumnPairs: var pairs } normalizing
            || pairs.Any(pair => input[pair.inputColumnName].Type is not TextDataViewType))
        {
            return false;
        }

        string[] texts = Array.ConvertAll(pairs, pair => pipeline[pair.inputColumnName]);
        for (int column = 0; column < pairs.Length; column++)
        {
            pipeline.Set(pairs[column].outputColumnName, new DeferredText(texts[column], normalizing, column, null));
        }

        return true;
    }
}
