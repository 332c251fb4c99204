using System.Globalization;
using System.Text;

namespace MLNet.DGating.Tool.Tests.Tour;

/// <summary>A generated table as a stranger might bring it, with what a model of it must be worth.</summary>
/// <param name="Kind">What kind of table it is.</param>
/// <param name="File">The name of its file.</param>
/// <param name="Label">The label.</param>
/// <param name="Metric">The metric by which it is judged.</param>
/// <param name="AtLeast">The least value of the metric.</param>
/// <param name="Separator">What separates cells.</param>
/// <param name="Header">The names of its columns, the label last.</param>
/// <param name="Row">Makes the cells of a row.</param>
public sealed record StrangersTable(
    string Kind, string File, string Label, string Metric, double AtLeast, string Separator, string[] Header,
    Func<Random, int, object[]> Row)
{
    private static readonly string[] s_cities = ["Aalen", "Bonn", "Celle", "Düren", "Emden", "Fulda", "Gera", "Hof"];
    private static readonly string[] s_good = ["great", "lovely", "excellent", "quick", "friendly"];
    private static readonly string[] s_bad = ["broken", "slow", "rude", "awful", "late"];
    private static readonly string[] s_neutral = ["the", "delivery", "was", "and", "box", "arrived", "with", "product", "service", "today"];
    private static readonly string[] s_answers = ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"];
    private static readonly string[] s_plans = ["free", "pro", "team"];

    public static StrangersTable[] All { get; } =
    [
        new("prices of houses: numbers, categories, skewed label", "houses.csv", "price", "rSquared", 0.8, ",",
            ["area", "rooms", "city", "built", "garden", "agent", "price"], (random, _) =>
            {
                double area = Math.Round(60 * Math.Exp(0.4 * Normal(random)), 1);
                int city = random.Next(s_cities.Length), built = 1950 + random.Next(75);
                string garden = random.Next(2) == 0 ? "yes" : "no";
                return [area, 1 + random.Next(6), s_cities[city], built, garden, $"agent {random.Next(30)}",
                    Math.Round(1500 * area * (1 + 0.1 * city) * (garden == "yes" ? 1.1 : 1) * Math.Exp(0.1 * Normal(random)))];
            }),
        new("customers that leave: currency, percent, missing cells", "churn.csv", "left", "areaUnderRocCurve", 0.8, ",",
            ["customer", "plan", "spend", "discount", "calls", "newsletter", "left"], (random, row) =>
            {
                double spend = 2000 * random.NextDouble(), discount = random.Next(5, 40);
                int calls = random.Next(8), plan = random.Next(3);
                double odds = calls - 4 + (plan == 0 ? 1.5 : 0) - discount / 20 + 0.5 * Normal(random);
                return [$"C-{row:d5}", s_plans[plan], $"\"${spend.ToString("n2", CultureInfo.InvariantCulture)}\"",
                    random.Next(10) == 0 ? "n/a" : $"{discount}%", random.Next(12) == 0 ? "" : calls,
                    random.Next(2) == 0 ? "TRUE" : "FALSE", odds > 0 ? "yes" : "no"];
            }),
        new("flowers: numbers, three kinds", "flowers.csv", "species", "accuracy", 0.85, ",",
            ["petal length", "petal width", "sepal length", "height", "species"], (random, _) =>
            {
                int kind = random.Next(3);
                return [Rounded(2 + kind + 0.5 * Normal(random)), Rounded(0.5 + 0.7 * kind + 0.3 * Normal(random)),
                    Rounded(5 + 0.3 * Normal(random)), Rounded(30 + 5 * Normal(random)), ((string[])["alba", "rosea", "nigra"])[kind]];
            }),
        new("reviews: free text", "reviews.csv", "stars_good", "accuracy", 0.85, ",",
            ["id", "review", "shop", "stars_good"], (random, row) =>
            {
                bool isGood = random.Next(2) == 0;
                string[] words = [.. Enumerable.Range(0, 7).Select(_ => s_neutral[random.Next(s_neutral.Length)]),
                    (isGood ? s_good : s_bad)[random.Next(5)],
                    (random.Next(6) == 0 ? !isGood : isGood) ? s_good[random.Next(5)] : s_bad[random.Next(5)]];
                return [row, $"\"{string.Join(' ', words.OrderBy(_ => random.Next()))}, {(random.Next(2) == 0 ? "really" : "indeed")}!\"",
                    s_cities[random.Next(4)], isGood ? 1 : 0];
            }),
        new("rented bicycles: times, a count", "bikes.csv", "rented", "rSquared", 0.6, ",",
            ["when", "temperature", "wind", "holiday", "rented"], (random, _) =>
            {
                DateTime when = new DateTime(2023, 1, 1).AddHours(random.Next(2 * 365 * 24));
                double temperature = 12 - 10 * Math.Cos(2 * Math.PI * when.DayOfYear / 365) + 3 * Normal(random);
                bool isWeekend = when.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
                double mean = Math.Exp(1 + 0.05 * temperature + Math.Cos(2 * Math.PI * (when.Hour - 15) / 24) - (isWeekend ? 0.5 : 0));
                return [when.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Rounded(temperature),
                    Rounded(10 * random.NextDouble()), random.Next(30) == 0 ? "y" : "n", Poisson(random, mean)];
            }),
        new("a German export: semicolons, decimal commas, umlauts", "umsatz.csv", "Umsatz", "rSquared", 0.9, ";",
            ["Filiale", "Fläche", "Personal", "Größe", "Umsatz"], (random, _) =>
            {
                double area = 100 + 900 * random.NextDouble(), people = 2 + random.Next(20);
                int city = random.Next(s_cities.Length);
                return [s_cities[city], Comma(area), people, ((string[])["groß", "klein", "mittel"])[random.Next(3)],
                    Comma(10 * area + 500 * people + 400 * city + 300 * Normal(random))];
            }),
        new("article numbers that say the price", "articles.csv", "price", "rSquared", 0.9, ",",
            ["article", "weight", "price"], (random, _) =>
            {
                int article = random.Next(400);
                return [$"A{7919 * article % 100_000:d5}", Rounded(1 + random.NextDouble()),
                    Rounded(new Random(article).NextDouble() * 100 + 2 * Normal(random))];
            }),
        new("sixty sensors, of which three matter", "sensors.tsv", "fault", "accuracy", 0.85, "\t",
            [.. Enumerable.Range(0, 60).Select(sensor => $"s{sensor}"), "fault"], (random, _) =>
            {
                double[] sensors = [.. Enumerable.Range(0, 60).Select(_ => Normal(random))];
                double odds = 2 * sensors[7] - 2 * sensors[21] * sensors[21] + 2 + 1.5 * sensors[40] + 0.5 * Normal(random);
                return [.. sensors.Select(value => (object)Rounded(value)), odds > 0 ? "ok" : "fault"];
            }),
        new("a log: seconds since 1970, ids of ten digits, a time to predict", "log.csv", "finished", "rSquared", 0.95, ",",
            ["started", "job", "bytes", "finished"], (random, row) =>
            {
                long started = 1_735_000_000 + random.Next(40_000), bytes = random.Next(1, 20_000);
                return [started, 4_000_000_000 + row * 13, bytes, Math.Round(started + 0.5 * bytes + 500 * Normal(random))];
            }),
        new("a survey: answers in words, half of them missing", "survey.csv", "recommends", "accuracy", 0.6, ",",
            ["q1", "q2", "q3", "q4", "age", "recommends"], (random, _) =>
            {
                int[] answers = [.. Enumerable.Range(0, 4).Select(_ => random.Next(5))];
                double sum = answers[0] + answers[1] + 0.7 * Normal(random);
                return [.. answers.Select(answer => (object)(random.Next(4) == 0 ? "" : s_answers[answer])),
                    random.Next(5) == 0 ? "unknown" : 18 + random.Next(70), sum < 3 ? "never" : sum < 5 ? "perhaps" : "always"];
            }),
    ];

    public override string ToString() => File;

    /// <summary>Writes the table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="seed">The seed of everything random in it.</param>
    public void Write(string path, int rows, int seed)
    {
        var random = new Random(seed);
        StringBuilder text = new StringBuilder().AppendJoin(Separator, Header).Append('\n');
        for (int row = 0; row < rows; row++)
        {
            text.AppendJoin(Separator, Row(random, row).Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture))).Append('\n');
        }

        System.IO.File.WriteAllText(path, text.ToString());
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Rounded(double number) => Math.Round(number, 2);

    private static string Comma(double number) => number.ToString("f2", CultureInfo.InvariantCulture).Replace('.', ',');

    private static int Poisson(Random random, double mean)
    {
        int count = -1;
        for (double product = 1, end = Math.Exp(-mean); product >= end; product *= random.NextDouble())
        {
            count++;
        }

        return count;
    }
}
