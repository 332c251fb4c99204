using MLNet.DGating.Torch.Randomness;
using static MLNet.DGating.Benchmarks.GeneratedTable;

namespace MLNet.DGating.Benchmarks;

/// <summary>The generated tables on which defaults may be chosen.</summary>
internal static class TuningTables
{
    public static IEnumerable<PlainTable> All()
    {
        yield return Of("steps", "regression, jumps and a fast wave", Regression(10), 9600, 6, _ => Steps);
        yield return Of("friedman1", "regression, smooth, 5 of 10", Regression(10), 4000, 5, _ => Friedman);
        yield return Of("shops", "binary, categories of 200, 30 and 8", Binary(4, "shop", "product", "day"), 10_000, 5, Shops);
        yield return Of("prices", "regression, skewed target", Regression(8), 6000, 6, _ => Prices);
        yield return Of("needles", "binary, 5 of 60 columns", Binary(60), 5000, 5, _ => Needles);
        yield return Of("few", "regression, 300 rows", Regression(12), 300, 4, _ => Few);
        yield return Of("rare", "binary, about 3 % positive", Binary(10), 12_000, 5, _ => Rare);
        yield return Of("chessboard", "binary, the colour of 16 fields, 2 of 8", Binary(8), 6000, 2, _ => Chessboard);
        yield return Of("spirals", "3 classes, each an arm, 2 of 6", Multiclass(3, 6), 4000, 2, _ => Spirals);
        yield return Of("mixed", "binary, an effect, a product and a jump, 4 of 10", Binary(10), 5000, 4, _ => Mixed);
        yield return Of("wealth", "regression, columns with heavy tails, 5 of 12", Regression(12), 6000, 5, _ => Wealth);
        yield return Of("centers", "5 classes, each the regions around 3 centers in 4 of 8", Multiclass(5, 8), 6000, 4, Centers);
    }

    private static GeneratedTable Of(
        string name, string kind, TableSchema schema, int rows, int informative, Func<RandomStream, Func<RandomStream, TableRow>> world) =>
        new(name, kind, TableFamily.Tuning, schema, rows, world) { Informative = informative };

    private static TableRow Steps(RandomStream random)
    {
        double[] x = random.Uniforms(10);
        double y = (x[0] > 0.3 && x[1] > 0.6 ? 2 : 0) + Math.Floor(5 * x[2]) + Math.Sin(25 * x[3]) + (x[4] > 0.5 ? 3 * x[5] : 0);
        return Row(x, y + 0.5 * random.Normal());
    }

    private static TableRow Friedman(RandomStream random)
    {
        double[] x = random.Uniforms(10);
        double y = 10 * Math.Sin(Math.PI * x[0] * x[1]) + 20 * Math.Pow(x[2] - 0.5, 2) + 10 * x[3] + 5 * x[4];
        return Row(x, y + random.Normal());
    }

    private static Func<RandomStream, TableRow> Shops(RandomStream world)
    {
        double[] shops = world.Normals(200), products = world.Normals(30), days = world.Normals(8);
        return random =>
        {
            // The lower numbers are frequent, the higher ones rare.
            int shop = (int)(200 * Math.Pow(random.NextDouble(), 2)), product = random.NextInt32(30), day = random.NextInt32(8);
            double[] x = random.Normals(4);
            double odds = shops[shop] + 0.7 * products[product] + 0.3 * days[day] + 0.5 * x[0] + (x[1] > 0.5 ? 1 : 0) - 0.5;
            return new TableRow(Singles(x), [$"s{shop}", $"p{product}", $"d{day}"], random.Coin(odds));
        };
    }

    private static TableRow Prices(RandomStream random)
    {
        double[] x = random.Normals(8);
        double y = 0.5 * x[0] + 0.3 * x[1] * x[2] + 0.4 * Math.Abs(x[3]) + 0.3 * x[4] - 0.2 * x[5] * x[5];
        return Row(x, Math.Exp(y + 0.2 * random.Normal()));
    }

    private static TableRow Needles(RandomStream random)
    {
        double[] x = random.Normals(60);
        return Row(x, random.Coin(x[0] + 0.8 * x[1] - 0.6 * x[2] + x[3] * x[4]));
    }

    private static TableRow Few(RandomStream random)
    {
        double[] x = random.Normals(12);
        return Row(x, x[0] - x[1] + Math.Abs(x[2]) + 0.5 * x[0] * x[3] + 0.7 * random.Normal());
    }

    private static TableRow Rare(RandomStream random)
    {
        double[] x = random.Normals(10);
        return Row(x, random.Coin(1.2 * x[0] + (x[1] > 1 ? 1.5 : 0) + x[2] * x[3] + 0.6 * x[4] - 5));
    }

    private static TableRow Chessboard(RandomStream random)
    {
        double[] x = random.Uniforms(8);
        int colour = ((int)(4 * x[0]) + (int)(4 * x[1])) % 2;
        return Row(x, random.NextDouble() < 0.1 ? random.NextInt32(2) : colour);
    }

    private static TableRow Spirals(RandomStream random)
    {
        int arm = random.NextInt32(3);
        double radius = 0.2 + 2 * random.NextDouble(), angle = 3 * radius + arm * 2 * Math.PI / 3 + 0.25 * random.Normal();
        return Row([radius * Math.Cos(angle), radius * Math.Sin(angle), .. random.Normals(4)], arm);
    }

    private static TableRow Mixed(RandomStream random)
    {
        double[] x = random.Normals(10);
        return Row(x, random.Coin(x[0] + 1.5 * x[1] * x[2] - (x[3] > 0.7 ? 1.5 : 0)));
    }

    private static TableRow Wealth(RandomStream random)
    {
        double[] z = random.Normals(12);
        double y = 1.2 * z[0] + Math.Sin(2 * z[1]) - 0.8 * z[2] + z[3] * Math.Sign(z[4]) + 0.5 * random.Normal();
        return Row(
            [.. z.Select((value, i) => i % 3 == 0 ? Math.Exp(2 * value) : i % 3 == 1 ? Math.Pow(value, 3) : Math.Sinh(3 * value))], y);
    }

    private static Func<RandomStream, TableRow> Centers(RandomStream world)
    {
        double[][] centers = [.. Enumerable.Range(0, 15).Select(_ => world.Uniforms(4))];
        return random =>
        {
            double[] x = random.Uniforms(8);
            int nearest = Enumerable.Range(0, centers.Length)
                .MinBy(i => centers[i].Zip(x, (center, value) => Math.Pow(center - value, 2)).Sum());
            return Row(x, random.NextDouble() < 0.1 ? random.NextInt32(5) : nearest % 5);
        };
    }

    private static TableRow Row(double[] x, double label) => new(Singles(x), [], (float)label);

    private static float[] Singles(double[] x) => Array.ConvertAll(x, value => (float)value);
}
