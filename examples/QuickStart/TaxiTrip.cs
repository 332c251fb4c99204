using Microsoft.ML.Data;

namespace QuickStart;

/// <summary>A row of taxi-fare.csv.</summary>
internal sealed class TaxiTrip
{
    [LoadColumn(0)] public string Vendor { get; set; } = "";

    [LoadColumn(1)] public string RateCode { get; set; } = "";

    [LoadColumn(2)] public float Passengers { get; set; }

    [LoadColumn(3)] public float Seconds { get; set; }

    [LoadColumn(4)] public float Miles { get; set; }

    [LoadColumn(5)] public string Payment { get; set; } = "";

    [LoadColumn(6), ColumnName("Label")] public float Fare { get; set; }
}
