using MLNet.DGating.Torch.Randomness;
using static MLNet.DGating.Benchmarks.GeneratedTable;

namespace MLNet.DGating.Benchmarks;

/// <summary>The generated tables for the judgement at the end: other formulas than those of <see cref="TuningTables"/>.</summary>
internal static class HeldOutTables
{
    public static IEnumerable<PlainTable> All()
    {
        yield return Of("rules", "binary, conjunctions of thresholds", Binary(12), 8000, 8, Rules);
        yield return Of("forest", "regression, a sum of random trees", Regression(12), 8000, 8, Forest);
        yield return Of("slopes", "regression, a slope for each of 60 categories", Regression(5, "line", "side"), 8000, 4, Slopes);
        yield return Of("tails", "binary, columns with heavy tails", Binary(10), 8000, 5, _ => Tails);
        yield return Of("waves", "regression, two periods and their product", Regression(6), 6000, 3, Waves);
        yield return Of("tiny", "3 classes, 240 rows", Multiclass(3, 10), 240, 3, _ => Tiny);
        yield return Of("rings", "4 classes by radius and angle, 2 of 6", Multiclass(4, 6), 6000, 2, _ => Rings);
        yield return Of("claims", "regression, half of the targets 0, the others skewed", Regression(20, "type"), 8000, 5, Claims);
        yield return Of("codes", "binary, about 4 % positive, by exact values of counts", Binary(9), 12_000, 4, Codes);
    }

    private static GeneratedTable Of(
        string name, string kind, TableSchema schema, int rows, int informative, Func<RandomStream, Func<RandomStream, TableRow>> world) =>
        new(name, kind, TableFamily.HeldOut, schema, rows, world) { Informative = informative };

    private static Func<RandomStream, TableRow> Rules(RandomStream world)
    {
        (int Column, double Threshold)[][] rules =
        [
            .. Enumerable.Range(0, 6).Select(_ =>
                Enumerable.Range(0, 2).Select(_ => (world.NextInt32(8), 0.2 + 0.6 * world.NextDouble())).ToArray()),
        ];
        double[] values = world.Normals(6);
        return random =>
        {
            double[] x = random.Uniforms(12);
            double odds = rules.Index().Sum(rule => rule.Item.All(part => x[part.Column] > part.Threshold) ? 2 * values[rule.Index] : 0);
            return Row(x, [], random.Coin(odds));
        };
    }

    private static Func<RandomStream, TableRow> Forest(RandomStream world)
    {
        Tree[] trees = [.. Enumerable.Range(0, 20).Select(_ => Tree.Grow(world, columns: 8, depth: 4))];
        return random =>
        {
            double[] x = random.Normals(12);
            return Row(x, [], trees.Sum(tree => tree.Value(x)) + 1.5 * random.Normal());
        };
    }

    private static Func<RandomStream, TableRow> Slopes(RandomStream world)
    {
        double[] slopes = world.Normals(60), heights = world.Normals(60);
        return random =>
        {
            int line = random.NextInt32(60), side = random.NextInt32(4);
            double[] x = random.Normals(5);
            double y = slopes[line] * x[0] + heights[line] + (side == 2 ? x[1] : 0) + 0.5 * random.Normal();
            return Row(x, [$"line{line}", $"side{side}"], y);
        };
    }

    private static TableRow Tails(RandomStream random)
    {
        double[] z = random.Normals(10);
        double odds = 1.2 * z[0] + Math.Sin(2 * z[1]) - 0.8 * z[2] + z[3] * Math.Sign(z[4]);
        // Columns are monotone functions of these numbers: log-normal, cubic and Cauchy-like ones.
        double[] x = [.. z.Select((value, i) => (i % 3) switch
        {
            0 => Math.Exp(2 * value),
            1 => value * value * value,
            _ => Math.Sinh(3 * value),
        })];
        return Row(x, [], random.Coin(odds));
    }

    private static Func<RandomStream, TableRow> Waves(RandomStream world)
    {
        double first = 6 + 6 * world.NextDouble(), second = 2 + 3 * world.NextDouble();
        return random =>
        {
            double[] x = [.. random.Uniforms(6).Select(value => 2 * value - 1)];
            double y = Math.Sin(first * x[0]) + Math.Sin(second * x[1]) * Math.Cos(second * x[2]) + 0.3 * random.Normal();
            return Row(x, [], y);
        };
    }

    private static TableRow Tiny(RandomStream random)
    {
        int label = random.NextInt32(3);
        double[] x = random.Normals(10);
        x[0] += label == 0 ? 1.5 : 0;
        x[1] += label == 1 ? 1.5 : 0;
        x[2] *= label == 2 ? 2 : 1;
        return Row(x, [], label);
    }

    private static TableRow Rings(RandomStream random)
    {
        double[] x = random.Normals(6);
        double radius = Math.Sqrt(x[0] * x[0] + x[1] * x[1]), angle = Math.Atan2(x[1], x[0]);
        int label = (radius > 1.2 ? 2 : 0) + (Math.Sin(2 * angle) > 0 ? 1 : 0);
        return Row(x, [], random.NextDouble() < 0.05 ? random.NextInt32(4) : label);
    }

    private static Func<RandomStream, TableRow> Claims(RandomStream world)
    {
        double[] types = world.Normals(12);
        return random =>
        {
            int type = random.NextInt32(12);
            double[] x = random.Normals(20);
            bool claims = random.Coin(x[0] + 0.5 * types[type] + 0.5 * x[1]) > 0;
            double amount = Math.Exp(0.4 * x[2] + 0.4 * Math.Max(x[3], 0) + 0.3 * types[type] + 0.5 * random.Normal());
            return Row(x, [$"type{type}"], claims ? amount : 0);
        };
    }

    private static Func<RandomStream, TableRow> Codes(RandomStream world)
    {
        // As capital gains in census data: mostly 0, else one of some amounts, of which some mean a label by themselves.
        double[] amounts = [.. world.Uniforms(24).Select(value => Math.Round(1000 + 20_000 * value * value))];
        double[] odds = [.. world.Normals(24).Select(value => 3 * value)];
        return random =>
        {
            double[] x = random.Normals(9);
            int code = random.NextDouble() < 0.8 ? -1 : random.NextInt32(24);
            x[0] = code < 0 ? 0 : amounts[code];
            x[1] = Math.Floor(20 * random.NextDouble());
            double logOdds = (code < 0 ? 0 : odds[code]) + (x[1] % 5 == 3 ? 1 : 0) + 0.8 * x[2] + 0.5 * x[3] - 4.3;
            return Row(x, [], random.Coin(logOdds));
        };
    }

    private static TableRow Row(double[] x, string[] categories, double label) =>
        new(Array.ConvertAll(x, value => (float)value), categories, (float)label);

    /// <summary>A complete tree of random thresholds.</summary>
    private sealed record Tree(int[] Columns, double[] Thresholds, double[] Leaves)
    {
        public static Tree Grow(RandomStream world, int columns, int depth)
        {
            int[] splits = [.. Enumerable.Range(0, (1 << depth) - 1).Select(_ => world.NextInt32(columns))];
            return new Tree(splits, world.Normals(splits.Length), world.Normals(splits.Length + 1));
        }

        public double Value(double[] x)
        {
            int node = 0;
            while (node < Columns.Length)
            {
                node = 2 * node + (x[Columns[node]] > Thresholds[node] ? 2 : 1);
            }

            return Leaves[node - Columns.Length];
        }
    }
}
