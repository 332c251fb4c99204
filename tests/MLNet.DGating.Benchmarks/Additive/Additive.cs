namespace MLNet.DGating.Benchmarks;

/// <summary>Compares additive models with networks and with ML.NET's generalized additive models on plain tables.</summary>
internal static class Additive
{
    private const string DefaultTables = "dsnam,dsnam-binary,pairs,pairs-pure,adult,california";

    public static void Run(Arguments arguments)
    {
        string[] only = arguments.Text("only", DefaultTables).Split(',');
        int rows = arguments.Integer("rows", 1000);
        IEnumerable<PlainTable> tables =
        [
            PlantedCurves.Numbers(rows), PlantedCurves.Classes(rows), PlantedPairs.WithCurves, PlantedPairs.WithoutCurves,
            .. Tables.All(arguments),
        ];
        TableMethod[] methods = [.. Methods(new TableMethods(arguments.Threads))];
        string[] names = arguments.Text("methods", string.Join(',', methods.Select(method => method.Name))).Split(',');
        Tables.Compare(
            arguments, tables.Where(table => only.Contains(table.Name)), [.. methods.Where(method => names.Contains(method.Name))], "gam");
    }

    private static IEnumerable<TableMethod> Methods(TableMethods methods)
    {
        yield return new TableMethod("additive", IsSeeded: true, (context, task, _) => methods.DGating(
            context, task, null, options => options.Shape = DGatingModelShape.Additive));
        yield return new TableMethod("additive-given", IsSeeded: true, (context, task, count) => methods.DGating(
            context, task, count, options => options.Shape = DGatingModelShape.Additive));
        yield return new TableMethod("pairs", IsSeeded: true, (context, task, _) => methods.DGating(
            context, task, null, options => options.Shape = DGatingModelShape.AdditiveWithPairs));
        yield return new TableMethod("pairs-weak", IsSeeded: true, (context, task, _) => methods.DGating(context, task, null, options =>
        {
            options.Shape = DGatingModelShape.AdditiveWithPairs;
            options.PairHeredity = DGatingPairHeredity.Weak;
        }));
        yield return new TableMethod("linear", IsSeeded: true, (context, task, _) => methods.DGating(context, task, null, options =>
        {
            options.Shape = DGatingModelShape.Additive;
            options.NumericEncoding = DGatingNumericEncoding.None;
        }));
        yield return methods.All().Single(method => method.Name == "open");
        yield return new TableMethod("gam", IsSeeded: false, (context, task, _) => methods.Gam(context, task));
    }
}
