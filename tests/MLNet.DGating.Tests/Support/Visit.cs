using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Support;

/// <summary>One of several rows of a patient: all that is to be learned of a patient is who it is.</summary>
internal sealed class Visit
{
    private const int Slots = 10;

    [VectorType(Slots)]
    public float[] Features { get; set; } = [];

    public bool Flag { get; set; }

    public string Text { get; set; } = "";

    public int Whole { get; set; }

    public double Number { get; set; }

    public DateTime Time { get; set; }

    [KeyType(1000)]
    public uint Key { get; set; }

    /// <summary>True for the first half of the patients.</summary>
    public bool IsEarly { get; set; }

    /// <summary>A patient has features near to a point of its own, and a flag that follows from nothing.</summary>
    public static Visit[] Rows(int patients, int visits, int seed)
    {
        var random = new Random(seed);
        var rows = new List<Visit>();
        for (int patient = 0; patient < patients; patient++)
        {
            float[] place = [.. Enumerable.Range(0, Slots).Select(_ => Planted.Gauss(random))];
            for (int visit = 0; visit < visits; visit++)
            {
                rows.Add(new Visit
                {
                    Features = [.. place.Select(value => value + 0.05f * Planted.Gauss(random))],
                    Flag = patient % 2 == 0,
                    Text = $"patient {patient}",
                    Whole = patient - 5,
                    Number = patient / 3.0,
                    Time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(patient),
                    Key = (uint)patient,
                    IsEarly = patient < patients / 2,
                });
            }
        }

        return [.. rows.OrderBy(_ => random.Next())];
    }

    public static IDataView View(MLContext context, Visit[] rows) => context.Data.LoadFromEnumerable(rows);
}
