using Microsoft.ML;
using QuickStart;

namespace FraudImbalanced;

/// <summary>Data with as few positives as fraud has, one in fifty, made of adult.csv.</summary>
/// <remarks>They are all rows of the common class, and an even sample of those of the rare class.</remarks>
internal static class RareClass
{
    private const double Share = 0.02;

    public static IDataView Load(MLContext mlContext)
    {
        IDataView file = mlContext.Data.LoadFromTextFile<Person>(ExampleData.PathOf("adult.csv"), separatorChar: ',', hasHeader: true);
        ILookup<bool, Person> people = mlContext.Data.CreateEnumerable<Person>(file, reuseRowObject: false)
            .ToLookup(person => person.IsOver50K);
        Person[] common = [.. people[false]], rare = [.. people[true]];
        int kept = (int)Math.Round(Share / (1 - Share) * common.Length);
        IEnumerable<Person> thinned = Enumerable.Range(0, kept).Select(i => rare[(int)((long)i * rare.Length / kept)]);
        return mlContext.Data.LoadFromEnumerable<Person>([.. common, .. thinned]);
    }
}
