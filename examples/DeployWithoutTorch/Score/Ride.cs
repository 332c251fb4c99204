using Microsoft.ML.Data;

namespace Score;

/// <summary>A row to score, with the names of the columns that the model was trained with.</summary>
internal sealed class Ride
{
    [ColumnName("rate_code")] public string RateCode { get; set; } = "";

    [ColumnName("passenger_count")] public float Passengers { get; set; }

    [ColumnName("trip_time_in_secs")] public float Seconds { get; set; }

    [ColumnName("trip_distance")] public float Miles { get; set; }

    [ColumnName("payment_type")] public string Payment { get; set; } = "";
}
