namespace MLNet.DGating;

/// <summary>Adds operators that read dates.</summary>
internal static class OnnxDates
{
    // Year, month, day, hour, minute, second, and the digits of a fraction of a second.
    private const int Parts = 7, TickDigits = 7;

    /// <summary>Adds the ticks since the year 1, rows × 1, of texts, rows × 1; 0 for a text that is no date.</summary>
    /// <remarks>A date is 2024-05-31 or 5/31/2024, and may have a time behind it: 18:30, 18:30:15 or 18:30:15.25.</remarks>
    public static string Ticks(OnnxDocument document, string texts)
    {
        string numbers = OnnxTexts.Matches(document, OnnxTexts.Flat(document, texts), "[0-9]+", fill: "0");
        for (int i = 0; i < Parts; i++)
        {
            numbers = OnnxTexts.WithOneMore(document, numbers, "0");
        }

        string[] parts = [.. Enumerable.Range(0, Parts - 1).Select(part => Whole(Column(part)))];

        // Years have more digits than days, so the first number says which form it is.
        string isYearFirst = Call("Greater", parts[0], Long(31));
        string year = Call("Where", isYearFirst, parts[0], parts[2]);
        string month = Call("Where", isYearFirst, parts[1], parts[0]);
        string day = Call("Where", isYearFirst, parts[2], parts[1]);
        string minutes = Call("Add", Call("Mul", parts[3], Long(60)), parts[4]);
        string time = Call("Mul", Call("Add", Call("Mul", minutes, Long(60)), parts[5]), Long(TimeSpan.TicksPerSecond));
        string ofDay = Call("Add", time, Fraction(Column(Parts - 1)));
        string ticks = Call("Add", Call("Mul", Days(year, month, day), Long(TimeSpan.TicksPerDay)), ofDay);
        return Call("Where", IsDate(year, month, day, parts), ticks, Long(0));

        string Column(int part) => Call("Gather", numbers, document.AddConstant("Part", [(long)part], 1));
        string Whole(string text) => Cast(text, OnnxType.Int64);
        string Long(long value) => document.AddConstant("Number", [value], 1);
        string Cast(string value, OnnxType type) => document.AddNode("Cast", [value], OnnxAttribute.To(type));
        string Call(string operation, params string[] inputs) =>
            document.AddNode(operation, inputs, operation == "Gather" ? OnnxAttribute.Axis(1) : null);

        // Seven digits of a fraction of a second are ticks; fewer have zeros behind them.
        string Fraction(string digits)
        {
            string all = OnnxTexts.Characters(document, OnnxTexts.Flat(document, digits));
            for (int i = 0; i < TickDigits; i++)
            {
                all = OnnxTexts.WithOneMore(document, all, "0");
            }

            string numbers = document.AddNode(OnnxDocument.Classical, "LabelEncoder", [OnnxTexts.Columns(document, all, 0, TickDigits)],
                new OnnxAttribute("keys_strings", Enumerable.Range(0, 10).Select(digit => $"{digit}").ToArray()),
                new OnnxAttribute("values_int64s", Enumerable.Range(0, 10).Select(digit => (long)digit).ToArray()),
                new OnnxAttribute("default_int64", 0L));
            long[] powers = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];
            return Call("MatMul", numbers, document.AddConstant("Powers", powers, TickDigits, 1));
        }

        // The days since the year 1: months count from March, so that the leap day is the last of a year.
        string Days(string y, string m, string d)
        {
            string isEarly = Cast(Call("Less", m, Long(3)), OnnxType.Int64);
            string years = Call("Sub", y, isEarly);
            string months = Call("Add", Call("Sub", m, Long(3)), Call("Mul", isEarly, Long(12)));
            string ofMonths = Call("Div", Call("Add", Call("Mul", months, Long(153)), Long(2)), Long(5));
            string ofCenturies = Call("Sub", Call("Div", years, Long(400)), Call("Div", years, Long(100)));
            string leaps = Call("Add", Call("Div", years, Long(4)), ofCenturies);
            string ofYears = Call("Add", Call("Mul", years, Long(365)), leaps);
            return Call("Sub", Call("Add", Call("Add", ofYears, ofMonths), d), Long(307));
        }

        string IsDate(string y, string m, string d, string[] all) => new[]
        {
            Call("Greater", y, Long(0)), Call("Less", y, Long(10000)), Call("Greater", m, Long(0)), Call("Less", m, Long(13)),
            Call("Greater", d, Long(0)), Call("Less", Days(y, m, d), DaysOfNextMonth(y, m)), Call("Less", all[3], Long(24)),
            Call("Less", all[4], Long(60)), Call("Less", all[5], Long(60)),
        }.Aggregate((first, second) => Call("And", first, second));

        string DaysOfNextMonth(string y, string m)
        {
            string isLast = Call("Div", m, Long(12));
            return Days(Call("Add", y, isLast), Call("Sub", Call("Add", m, Long(1)), Call("Mul", isLast, Long(12))), Long(1));
        }
    }
}
