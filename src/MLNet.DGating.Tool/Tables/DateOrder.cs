namespace MLNet.DGating.Tool.Tables;

/// <summary>The order of the parts of a date that is written with numbers alone. A year of four digits may also come first.</summary>
internal enum DateOrder
{
    /// <summary>Month, day, year: 12/31/2024.</summary>
    MonthFirst,

    /// <summary>Day, month, year: 31/12/2024 or 31.12.2024.</summary>
    DayFirst,
}
