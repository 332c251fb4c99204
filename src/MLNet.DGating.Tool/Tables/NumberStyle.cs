namespace MLNet.DGating.Tool.Tables;

/// <summary>How numbers are written.</summary>
internal enum NumberStyle
{
    /// <summary>As programs write them: 1234.5 or 1e-3.</summary>
    Plain,

    /// <summary>With a decimal point, and perhaps separated thousands, a currency or a percent sign: $1,234.50.</summary>
    Point,

    /// <summary>With a decimal comma, and perhaps separated thousands, a currency or a percent sign: 1.234,50 €.</summary>
    Comma,
}
