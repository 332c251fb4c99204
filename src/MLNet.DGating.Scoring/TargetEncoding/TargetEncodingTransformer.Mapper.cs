using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;

namespace MLNet.DGating;

public sealed partial class TargetEncodingTransformer
{
    private sealed class Mapper(TargetEncodingTransformer parent, DataViewSchema schema)
        : OneToOneMapperBase(parent.Host.Register(nameof(Mapper)), parent, schema), ISaveAsOnnx
    {
        public bool CanSaveOnnx(OnnxContext ctx) => true;

        public void SaveAsOnnx(OnnxContext ctx)
        {
            foreach (((string output, string input), TargetMeans means) in parent.ColumnPairs.Zip(parent._means))
            {
                if (!ctx.ContainsColumn(input))
                {
                    ctx.RemoveColumn(output, false);
                    continue;
                }

                string source = ctx.GetVariableName(input);
                if (means.Width == 1)
                {
                    WriteSlot(ctx, source, means, 0, ctx.AddIntermediateVariable(NumberDataViewType.Single, output, false));
                    continue;
                }

                string[] slots = [.. Enumerable.Range(0, means.Width).Select(slot =>
                {
                    string made = ctx.AddIntermediateVariable(NumberDataViewType.Single, $"{output}_{slot}", true);
                    WriteSlot(ctx, source, means, slot, made);
                    return made;
                })];
                string joined = ctx.AddIntermediateVariable(TypeOf(means), output, false);
                ctx.CreateNode("Concat", slots, [joined], ctx.GetNodeName("Concat"), domain: "").AddAttribute("axis", 1L);
            }
        }

        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() =>
            [.. parent.ColumnPairs.Zip(parent._means, (pair, means) =>
                new DataViewSchema.DetachedColumn(pair.outputColumnName, TypeOf(means), AnnotationsOf(means)))];

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;
            TargetMeans means = parent._means[iinfo];
            ValueGetter<ReadOnlyMemory<char>> getter =
                input.GetGetter<ReadOnlyMemory<char>>(input.Schema[ColMapNewToOld[iinfo]]);
            FoldedMeans? folded = parent._isForTraining ? means.Folded : null;
            ValueGetter<DataViewRowId>? id = folded is null ? null : input.GetIdGetter();
            ReadOnlyMemory<char> word = default;
            DataViewRowId row = default;
            if (means.Width == 1)
            {
                return (ValueGetter<float>)((ref float result) => result = Read()[0]);
            }

            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> result) =>
            {
                var editor = VBufferEditor.Create(ref result, means.Width);
                Read().CopyTo(editor.Values);
                result = editor.Commit();
            });

            ReadOnlySpan<float> Read()
            {
                getter(ref word);
                if (folded is null)
                {
                    return means.Of(word.Span);
                }

                id!(ref row);
                return means.Of(word.Span, folded, LabelSums.FoldOf(row, folded.Folds));
            }
        }

        private static void WriteSlot(OnnxContext ctx, string source, TargetMeans means, int slot, string output)
        {
            OnnxNode node = ctx.CreateNode("LabelEncoder", [source], [output], ctx.GetNodeName("LabelEncoder"));
            // A runtime refuses an encoder without values; a text that cannot occur among values has the number of unknown ones.
            string[] words = means.Words.Length > 0 ? means.Words : [""];
            node.AddAttribute("keys_strings", words);
            node.AddAttribute("values_floats",
                words.Select((word, i) => means.Words.Length > 0 ? means.Means[i * means.Width + slot] : means.Priors[slot]));
            node.AddAttribute("default_float", (double)means.Priors[slot]);
        }

        private static DataViewType TypeOf(TargetMeans means) =>
            means.Width == 1 ? NumberDataViewType.Single : new VectorDataViewType(NumberDataViewType.Single, means.Width);

        // The slots of several classes have their names, and are one category, which is selected as a whole.
        private static DataViewSchema.Annotations? AnnotationsOf(TargetMeans means)
        {
            if (means.Width == 1)
            {
                return null;
            }

            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.AddSlotNames(means.Width, (ref VBuffer<ReadOnlyMemory<char>> names) =>
                names = new VBuffer<ReadOnlyMemory<char>>(means.Width, [.. means.Names.Select(name => name.AsMemory())]));
            annotations.Add(AnnotationUtils.Kinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, 1, 2),
                (ref VBuffer<int> ranges) => ranges = new VBuffer<int>(2, [0, means.Width - 1]));
            return annotations.ToAnnotations();
        }
    }
}
