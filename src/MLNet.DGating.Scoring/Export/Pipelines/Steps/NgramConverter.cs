using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating;

/// <summary>Writes counts of n-grams of keys, for any number of rows.</summary>
/// <remarks>
/// The keys of an n-gram are the digits of one number, whose slot is looked up; what is looked up is added to the counts of its row. An
/// n-gram that has no slot is counted in one more, which is cut off.
/// </remarks>
internal sealed class NgramConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not NgramExtractingTransformer { ColumnPairs: var pairs } extracting)
        {
            return false;
        }

        var made = new List<string>();
        for (int column = 0; column < pairs.Length; column++)
        {
            ulong keyCount = input[pairs[column].inputColumnName].Type.GetItemType() is KeyDataViewType key ? key.Count : 0;
            var parts = NgramParts.Of(extracting, column);
            int longest = parts is { Keys.Length: > 0 } ? parts.Keys.Max(keys => keys.Length) : 0;
            if (parts is not { SkipLength: 0 } || longest == 0 || keyCount == 0 || Math.Pow(keyCount + 1, longest) > long.MaxValue)
            {
                return false;
            }

            made.Add(Count(pipeline[pairs[column].inputColumnName], parts, (long)keyCount + 1, pipeline.Document));
        }

        foreach ((string output, string variable) in pairs.Select(pair => pair.outputColumnName).Zip(made))
        {
            pipeline.Set(output, variable);
        }

        return true;
    }

    private static string Count(string keys, NgramParts parts, long factor, OnnxDocument document)
    {
        document.Require(OnnxDocument.OpsetOfCounts);
        int slots = parts.Keys.Length, longest = parts.Keys.Max(ngram => ngram.Length);
        string digits = document.AddNode("Cast", [keys], OnnxAttribute.To(OnnxType.Int64));
        string rows = document.AddNode("Gather",
            [document.AddNode("Shape", [digits]), document.AddConstant("RowAxis", [0L], 1)], OnnxAttribute.Axis(0));

        // An n-gram that reaches over the end has the missing key in it, and no slot.
        string behind = longest == 1 ? digits : document.AddNode(
            "Concat", [digits, Zeros(document.AddConstant("NoKey", [0L], 1, 1), longest - 1)], OnnxAttribute.Axis(1));
        string[] found =
        [
            .. parts.Keys.Select(ngram => ngram.Length).Distinct().Order()
                .Select(length => SlotsOf(Numbers(behind, length, longest, factor, document), length)),
        ];
        string all = found.Length == 1 ? found[0] : document.AddNode("Concat", found, OnnxAttribute.Axis(1));
        string ones = document.AddNode("Expand", [document.AddConstant("One", [1f], 1, 1), document.AddNode("Shape", [all])]);
        string counts = document.AddNode("", "ScatterElements", [Zeros(document.AddConstant("Zero", [0f], 1, 1), slots + 1), all, ones],
            new OnnxAttribute("axis", 1L), new OnnxAttribute("reduction", "add"));
        return Weighted(OnnxTexts.Columns(document, counts, 0, slots), parts, document);

        string Zeros(string zero, long width) => document.AddNode("Expand",
            [zero, document.AddNode("Concat", [rows, document.AddConstant("Width", [width], 1)], OnnxAttribute.Axis(0))]);

        string SlotsOf(string numbers, int length)
        {
            (long Number, long Slot)[] known =
            [
                .. parts.Keys.Index().Where(ngram => ngram.Item.Length == length)
                    .Select(ngram => (ngram.Item.Aggregate(0L, (number, key) => number * factor + key), (long)ngram.Index)),
            ];
            return document.AddNode(OnnxDocument.Classical, "LabelEncoder", [numbers],
                new OnnxAttribute("keys_int64s", Array.ConvertAll(known, pair => pair.Number)),
                new OnnxAttribute("values_int64s", Array.ConvertAll(known, pair => pair.Slot)),
                new OnnxAttribute("default_int64", (long)slots));
        }
    }

    // For each position the number whose digits are the keys from there on.
    private static string Numbers(string digits, int length, int longest, long factor, OnnxDocument document)
    {
        string? numbers = null;
        for (int i = 0; i < length; i++)
        {
            long end = i == longest - 1 ? long.MaxValue : i - (longest - 1);
            string digit = longest == 1 ? digits : OnnxTexts.Columns(document, digits, i, end);
            numbers = numbers is null ? digit
                : document.AddNode("Add", [document.AddNode("Mul", [numbers, document.AddConstant("Factor", [factor], 1)]), digit]);
        }

        return numbers!;
    }

    private static string Weighted(string counts, NgramParts parts, OnnxDocument document)
    {
        if (parts.Weights is null)
        {
            return counts;
        }

        string weights = document.AddConstant("Weights", parts.Weights, parts.Weights.Length);
        string present = parts.IsWeightAlone ? document.AddNode("Min", [counts, document.AddConstant("Once", [1f], 1)]) : counts;
        return document.AddNode("Mul", [present, weights]);
    }
}
