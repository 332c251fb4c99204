using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Adds operators that find given words in texts while normalizing them.</summary>
/// <remarks>
/// ONNX has no operator that changes texts. A text is split into characters; a table, which ML.NET's own step makes of every character,
/// says which character each becomes; and one position after another adds its character to the number of the word so far:
/// number · 1099511628211 + character, modulo 2^64. The numbers of the given words are known beforehand. Another word has the number of
/// one of them with a probability of about 2^−64.
/// </remarks>
internal static class OnnxWords
{
    private const long Factor = 1099511628211, Between = 0, Removed = -1, Unknown = 0x110000;

    /// <summary>The keys of words: their numbers, from 1.</summary>
    public static long[] KeysOf(string[] words) => [.. Enumerable.Range(1, words.Length)];

    /// <summary>Adds the keys of a text's words, in their order; 0 for a word without key, and behind the last.</summary>
    /// <param name="pipeline">The document.</param>
    /// <param name="text">The texts. Those that were not split are one word each, and their keys are rows × 1.</param>
    /// <param name="words">The words, whose keys count from 1.</param>
    public static string Keys(PipelineDocument pipeline, DeferredText text, string[] words)
    {
        OnnxDocument document = pipeline.Document;
        string characters = OnnxTexts.WithOneMore(document, OnnxTexts.Characters(document, OnnxTexts.Flat(document, text.Texts)), "");
        (string[] known, long[] codes) = Codes(pipeline, text, words);
        string codesOfRows = document.AddNode(OnnxDocument.Classical, "LabelEncoder", [characters],
            new OnnxAttribute("keys_strings", known), new OnnxAttribute("values_int64s", codes),
            new OnnxAttribute("default_int64", Unknown));
        string numbers = Numbers(document, codesOfRows);
        string isWord = document.AddNode("Cast",
            [document.AddNode("Not", [document.AddNode("Equal", [numbers, Number(document, 0)])])], OnnxAttribute.To(OnnxType.Int64));

        string keys = document.AddNode(OnnxDocument.Classical, "LabelEncoder", [numbers],
            new OnnxAttribute("keys_int64s", Array.ConvertAll(words, NumberOf)), new OnnxAttribute("values_int64s", KeysOf(words)),
            new OnnxAttribute("default_int64", 0L));
        string found = document.AddNode("Mul", [keys, isWord]);

        // The words stand where they end. They move to the front, in their order; what is no word goes to a place that is cut off.
        string places = document.AddNode("Mul",
            [document.AddNode("CumSum", [isWord, document.AddConstant("Axis", [1L])]), isWord]);
        string zeros = document.AddNode("Mul", [OnnxTexts.WithFirst(document, found), Number(document, 0)]);
        string moved = document.AddNode("", "ScatterElements", [zeros, places, found], new OnnxAttribute("axis", 1L));
        return OnnxTexts.Columns(document, moved, 1, text.Separators is null ? 2 : long.MaxValue);
    }

    // What the scan below computes, for a word whose characters are as the normalizer leaves them.
    private static long NumberOf(string word) =>
        word.EnumerateRunes().Aggregate(0L, (number, rune) => unchecked(number * Factor + CodeOf(rune)));

    private static long CodeOf(Rune rune) => rune.Value + 1;

    private static string Number(OnnxDocument document, long value) => document.AddConstant("Number", [value], 1);

    // The numbers of words, where they end; 0 elsewhere.
    private static string Numbers(OnnxDocument document, string codes)
    {
        ProtobufMessage body = new ProtobufMessage()
            .Add(1, Node("Equal", "isEnd", "code", "between"))
            .Add(1, Node("Equal", "isRemoved", "code", "removed"))
            .Add(1, Node("Mul", "shifted", "before", "factor"))
            .Add(1, Node("Add", "longer", "shifted", "code"))
            .Add(1, Node("Where", "number", "isRemoved", "before", "longer"))
            .Add(1, Node("Where", "after", "isEnd", "between", "number"))
            .Add(1, Node("Where", "word", "isEnd", "before", "between"))
            .Add(2, "AddCharacter")
            .Add(5, Constant("between", Between))
            .Add(5, Constant("removed", Removed))
            .Add(5, Constant("factor", Factor))
            .Add(11, Variable("before"))
            .Add(11, Variable("code"))
            .Add(12, Variable("after"))
            .Add(12, Variable("word"));
        string rows = document.AddNode("Gather",
            [document.AddNode("Shape", [codes]), document.AddConstant("RowAxis", [0L], 1)], OnnxAttribute.Axis(0));
        string start = document.AddNode("Expand", [Number(document, 0), rows]);
        string last = document.NewName("LastNumber"), numbers = document.NewName("Numbers");
        document.Add("", "Scan", [start, codes], [last, numbers]).Attributes.AddRange(
        [
            new("body", body), new("num_scan_inputs", 1L), new("scan_input_axes", (long[])[1]), new("scan_output_axes", (long[])[1]),
        ]);
        return numbers;

        ProtobufMessage Node(string operation, string output, params string[] inputs) =>
            new OnnxOperator("", operation, inputs, [output])
                .ToMessage(document.Opset, (name, values) => document.AddConstant(name, values));
        ProtobufMessage Constant(string name, long value) => OnnxTensor.OfNumbers<long>(name, OnnxType.Int64, [value], [1]);
        ProtobufMessage Variable(string name)
        {
            ProtobufMessage type = new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, (long)OnnxType.Int64));
            return new ProtobufMessage().Add(1, name).Add(2, type);
        }
    }

    // The characters that words are made of, that stand between words, or that are removed; all others make a word unknown.
    private static (string[] Characters, long[] Codes) Codes(PipelineDocument pipeline, DeferredText text, string[] words)
    {
        HashSet<string> separators = [.. (text.Separators ?? []).Select(separator => separator.ToString())];
        HashSet<string> alphabet = [.. words.SelectMany(word => word.EnumerateRunes()).Select(rune => rune.ToString())];
        var codes = new Dictionary<string, long>(StringComparer.Ordinal) { [""] = Between };
        foreach (string outside in alphabet.Where(character => character.Length > 1))
        {
            codes[outside] = CodeOf(outside.EnumerateRunes().First());
        }

        foreach ((string from, string to) in Characters(pipeline, text))
        {
            if (to.Length == 0)
            {
                codes[from] = Removed;
            }
            else if (separators.Contains(to))
            {
                codes[from] = Between;
            }
            else if (alphabet.Contains(to))
            {
                codes[from] = CodeOf(to.EnumerateRunes().First());
            }
        }

        return ([.. codes.Keys], [.. codes.Values]);
    }

    // ML.NET's step looks at one character at a time, so what it makes of each alone is all there is to know.
    private static IEnumerable<(string From, string To)> Characters(PipelineDocument pipeline, DeferredText text)
    {
        (string output, string source) = text.Normalizer.ColumnPairs[text.Column];
        string[] characters =
            [.. Enumerable.Range(1, char.MaxValue).Where(code => Rune.IsValid(code)).Select(code => ((char)code).ToString())];
        var rows = new ArrayDataViewBuilder(pipeline.Env);
        rows.AddColumn(source, characters);
        IDataView normalized = TransformerParts.Select(text.Normalizer, [text.Column], [null]).Transform(rows.GetDataView());
        return characters.Zip(normalized.GetColumn<string>(output));
    }
}
