using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Tells what the features of a row have beside numbers.</summary>
internal enum RowContent
{
    /// <summary>All values are numbers.</summary>
    Complete,

    /// <summary>Some values are missing.</summary>
    HasMissing,

    /// <summary>A value is infinite, so that the row cannot be used.</summary>
    HasInfinite,
}

/// <summary>Looks at the features of rows.</summary>
internal static class RowContents
{
    /// <summary>Tells what a row has. Values that are not stored are 0.</summary>
    public static RowContent Of(in VBuffer<float> features)
    {
        ReadOnlySpan<float> values = features.GetValues();
        if (Numbers.AllFinite(values))
        {
            return RowContent.Complete;
        }

        return TensorPrimitives.IsInfinityAny(values) ? RowContent.HasInfinite : RowContent.HasMissing;
    }
}
