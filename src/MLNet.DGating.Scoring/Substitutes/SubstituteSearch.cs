using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>The search for dropped features that carry much the same as kept ones (docs/theory.md §30).</summary>
internal static class SubstituteSearch
{
    /// <summary>The least correlation of effects: below it a feature tells less than a quarter of the variance.</summary>
    public const double SmallestCorrelation = 0.5;

    /// <summary>The rows that correlations are computed on: their standard error is at most 0.02 then.</summary>
    private const int MostRows = 2000, FewestRows = 200;

    /// <summary>The most numbers that are held: rows are fewer where slots are many.</summary>
    private const long MostNumbers = 40_000_000;

    private const int Intervals = 20;

    /// <summary>Returns the substitutes of every kept feature.</summary>
    /// <param name="report">The selection.</param>
    /// <param name="rows">Rows of the feature column.</param>
    /// <param name="contributions">Gives what each slot adds to the scores of a row [outputs][slots].</param>
    /// <param name="most">The most substitutes of a feature.</param>
    public static FeatureSubstitutes[] Find(
        FeatureSelectionReport report, IEnumerable<VBuffer<float>> rows, Func<VBuffer<float>, float[][]> contributions, int most)
    {
        VBuffer<float>[] sample = Sample(rows, (int)Math.Clamp(MostNumbers / report.Data.SlotCount, FewestRows, MostRows));
        float[][] slots = Columns(sample, report.Data.SlotCount);
        FeatureGate[] kept = [.. report.Features.Where(feature => feature.IsSelected).OrderByDescending(feature => feature.Importance)];
        double[][] effects = Effects(sample, kept, contributions);
        FeatureGate[] dropped =
            [.. report.Features.Where(feature => !feature.IsSelected && feature.Slots.Any(slot => Varies(slots[slot])))];
        int[][] parts = Array.ConvertAll(dropped, feature => Parts([.. feature.Slots.Select(slot => slots[slot])]));
        return
        [
            .. kept.Zip(effects, (feature, effect) => new FeatureSubstitutes(feature,
            [
                .. dropped.Index()
                    .Select(other => (Feature: other.Item, Effect: CorrelationRatio(effect, parts[other.Index])))
                    .Where(other => other.Effect >= SmallestCorrelation)
                    .OrderByDescending(other => other.Effect).ThenBy(other => other.Feature.Index).Take(most)
                    .Select(other => new FeatureSubstitute(other.Feature, Correlation(slots, feature, other.Feature), other.Effect)),
            ])),
        ];
    }

    // Every row has the same chance, whatever the order of the rows (Vitter 1985, algorithm R).
    private static VBuffer<float>[] Sample(IEnumerable<VBuffer<float>> rows, int most)
    {
        var random = new Random(1);
        var sample = new List<VBuffer<float>>();
        int seen = 0;
        foreach (VBuffer<float> row in rows)
        {
            int place = seen++ < most ? sample.Count : random.Next(seen);
            if (place < most)
            {
                VBuffer<float> copy = default;
                row.CopyTo(ref copy);
                if (place == sample.Count)
                {
                    sample.Add(copy);
                }
                else
                {
                    sample[place] = copy;
                }
            }
        }

        return [.. sample];
    }

    private static float[][] Columns(VBuffer<float>[] rows, int slotCount)
    {
        float[][] columns = [.. Enumerable.Range(0, slotCount).Select(_ => new float[rows.Length])];
        foreach ((int i, VBuffer<float> row) in rows.Index())
        {
            foreach (KeyValuePair<int, float> slot in row.Items())
            {
                columns[slot.Key][i] = slot.Value;
            }
        }

        return columns;
    }

    private static bool Varies(float[] values) => Array.Exists(values, value => value != values[0] && float.IsFinite(value));

    // What each kept feature adds to the scores of the rows; of several outputs, to the one that it moves most.
    private static double[][] Effects(VBuffer<float>[] sample, FeatureGate[] kept, Func<VBuffer<float>, float[][]> contributions)
    {
        double[][][] ofOutputs = Array.ConvertAll(kept, _ => Array.Empty<double[]>());
        foreach ((int row, VBuffer<float> features) in sample.Index())
        {
            float[][] outputs = contributions(features);
            foreach ((int i, FeatureGate feature) in kept.Index())
            {
                ofOutputs[i] = row == 0 ? [.. outputs.Select(_ => new double[sample.Length])] : ofOutputs[i];
                foreach ((int output, float[] slots) in outputs.Index())
                {
                    ofOutputs[i][output][row] = feature.Slots.Sum(slot => (double)slots[slot]);
                }
            }
        }

        return Array.ConvertAll(ofOutputs, outputs => outputs.MaxBy(Variance) ?? []);
    }

    private static double Variance(double[] values)
    {
        double mean = values.DefaultIfEmpty(0).Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }

    // The interval of each row by a number's order, those of one value together; the slot that is set where there are several.
    private static int[] Parts(float[][] slots)
    {
        int rows = slots[0].Length;
        int[] parts = new int[rows];
        if (slots.Length > 1)
        {
            for (int row = 0; row < rows; row++)
            {
                int largest = Enumerable.Range(0, slots.Length).MaxBy(slot => slots[slot][row]);
                parts[row] = slots[largest][row] > 0 ? largest + 1 : 0;
            }

            return parts;
        }

        int[] order = [.. Enumerable.Range(0, rows).OrderBy(row => slots[0][row])];
        for (int place = 0; place < rows; place++)
        {
            bool isSame = place > 0 && slots[0][order[place]].Equals(slots[0][order[place - 1]]);
            parts[order[place]] = isSame ? parts[order[place - 1]] : (int)((long)place * Intervals / rows);
        }

        return parts;
    }

    private static double CorrelationRatio(double[] effect, int[] parts)
    {
        double mean = effect.DefaultIfEmpty(0).Average(), all = Variance(effect), within = 0;
        var sums = new Dictionary<int, (int Count, double Sum)>();
        foreach ((double value, int part) in effect.Zip(parts))
        {
            (int count, double sum) = sums.GetValueOrDefault(part);
            sums[part] = (count + 1, sum + value - mean);
        }

        within = all - sums.Values.Sum(part => part.Sum * part.Sum / part.Count);
        int free = effect.Length - sums.Count;
        return !(all > 0) || free <= 0 ? 0 : Math.Sqrt(Math.Clamp(1 - (within / free / (all / (effect.Length - 1))), 0, 1));
    }

    private static double Correlation(float[][] slots, FeatureGate first, FeatureGate second) => first.Slots
        .SelectMany(one => second.Slots.Select(other => Math.Abs(Correlation(slots[one], slots[other]))))
        .Where(double.IsFinite).DefaultIfEmpty(0).Max();

    private static double Correlation(float[] first, float[] second)
    {
        double meanFirst = first.Average(value => (double)value), meanSecond = second.Average(value => (double)value);
        double both = 0, ofFirst = 0, ofSecond = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double x = first[i] - meanFirst, y = second[i] - meanSecond;
            (both, ofFirst, ofSecond) = (both + (x * y), ofFirst + (x * x), ofSecond + (y * y));
        }

        return both / Math.Sqrt(ofFirst * ofSecond);
    }
}
