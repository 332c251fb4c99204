using System.Globalization;

namespace Score;

/// <summary>A reader of rides from lines of comma-separated values, one at a time.</summary>
/// <remarks>The first line names the columns; their order does not matter, and there may be others.</remarks>
internal static class RideReader
{
    public static IEnumerable<Ride> Read(TextReader lines)
    {
        string[] header = lines.ReadLine()?.Split(',') ?? throw new InvalidDataException("There is no line with the names of the columns.");
        int rate = ColumnOf("rate_code"), passengers = ColumnOf("passenger_count"), seconds = ColumnOf("trip_time_in_secs");
        int miles = ColumnOf("trip_distance"), payment = ColumnOf("payment_type");
        for (int number = 2; lines.ReadLine() is { } line; number++)
        {
            string[] cells = line.Split(',');
            if (cells.Length != header.Length)
            {
                throw new InvalidDataException($"Line {number} has {cells.Length} values, but there are {header.Length} columns.");
            }

            yield return new Ride
            {
                RateCode = cells[rate],
                Passengers = NumberIn(cells[passengers]),
                Seconds = NumberIn(cells[seconds]),
                Miles = NumberIn(cells[miles]),
                Payment = cells[payment],
            };

            float NumberIn(string cell) =>
                float.TryParse(cell, CultureInfo.InvariantCulture, out float value)
                    ? value
                    : throw new InvalidDataException($"Line {number} has '{cell}' where a number should be.");
        }

        int ColumnOf(string name) =>
            Array.IndexOf(header, name) is >= 0 and int column
                ? column
                : throw new InvalidDataException($"There is no column '{name}', only {string.Join(", ", header)}.");
    }
}
