using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>A step that keeps the columns it names, or drops them: it no longer names those that are not there.</summary>
internal sealed class SelectingStep(IHostEnvironment env, ColumnSelectingTransformer transformer) : PrunableStep
{
    private HashSet<string> _needed = [];

    // The columns pass through under their names.
    public override void Trace(ColumnNeeds needs) => _needed = [.. needs.Columns];

    public override IEnumerable<ITransformer> Rebuild(ColumnLayouts layouts)
    {
        string[] named =
        [
            .. transformer.SelectColumns.Where(column =>
                layouts.Schema.GetColumnOrNull(column) is not null && (!transformer.KeepColumns || _needed.Contains(column))),
        ];
        return named.Length == 0 ? [] :
        [
            new ColumnSelectingTransformer(
                env, transformer.KeepColumns ? named : null, transformer.KeepColumns ? null : named, transformer.KeepHidden,
                transformer.IgnoreMissing),
        ];
    }
}
