using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating;

/// <summary>Writes a step that makes texts lower case and takes accents, punctuation or digits out of them.</summary>
/// <remarks>
/// ONNX has no operator for it. A text is split into characters; those that change are looked up in a table, which ML.NET's own transformer
/// makes of every character, and are joined again, one position of all texts after another.
/// </remarks>
internal sealed class TextNormalizingConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not TextNormalizingTransformer { ColumnPairs: var pairs } normalizing
            || pairs.Any(pair => input[pair.inputColumnName].Type is not TextDataViewType))
        {
            return false;
        }

        string[] texts = Array.ConvertAll(pairs, pair => OnnxTexts.Flat(pipeline.Document, pipeline[pair.inputColumnName]));
        (string[] from, string[] to) = Changes(normalizing, pipeline);
        for (int column = 0; column < pairs.Length; column++)
        {
            string characters = OnnxTexts.Characters(pipeline.Document, texts[column]);
            string normalized = Replace(characters, from, to, pipeline.Document);
            pipeline.Set(pairs[column].outputColumnName, OnnxTexts.Join(pipeline.Document, texts[column], normalized));
        }

        return true;
    }

    private static string Replace(string characters, string[] from, string[] to, OnnxDocument document)
    {
        if (from.Length == 0)
        {
            return characters;
        }

        long[] ones = new long[from.Length];
        Array.Fill(ones, 1);
        string changes = document.AddNode(OnnxDocument.Classical, "LabelEncoder", [characters],
            new OnnxAttribute("keys_strings", from), new OnnxAttribute("values_int64s", ones), new OnnxAttribute("default_int64", 0L));
        string replacements = document.AddNode(OnnxDocument.Classical, "LabelEncoder", [characters],
            new OnnxAttribute("keys_strings", from), new OnnxAttribute("values_strings", to), new OnnxAttribute("default_string", ""));
        string isChanged = document.AddNode("Cast", [changes], OnnxAttribute.To(OnnxType.Bool));
        return document.AddNode("Where", [isChanged, replacements, characters]);
    }

    // ML.NET's step looks at one character at a time, so what it makes of each alone is all there is to know.
    private static (string[] From, string[] To) Changes(TextNormalizingTransformer transformer, PipelineDocument pipeline)
    {
        (string output, string source) = transformer.ColumnPairs[0];
        ITransformer first = TransformerParts.Select(transformer, [0], [null]);
        string[] characters =
            [.. Enumerable.Range(1, char.MaxValue - 1).Where(code => Rune.IsValid(code)).Select(code => ((char)code).ToString())];
        var rows = new ArrayDataViewBuilder(pipeline.Env);
        rows.AddColumn(source, characters);
        string[] normalized = [.. first.Transform(rows.GetDataView()).GetColumn<string>(output)];
        (string From, string To)[] changes = [.. characters.Zip(normalized).Where(pair => pair.First != pair.Second)];
        return (Array.ConvertAll(changes, change => change.From), Array.ConvertAll(changes, change => change.To));
    }
}
