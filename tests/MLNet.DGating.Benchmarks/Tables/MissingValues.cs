using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Compares what can be done about missing values, on plain tables of which some numbers are taken away.</summary>
internal static class MissingValues
{
    private const string DefaultTables = "adult,california,steps,friedman1,rules,forest,rings,codes";

    public static void Run(Arguments arguments)
    {
        string[] kinds = arguments.Text("kinds", "random,high,label").Split(',');
        IEnumerable<IncompleteTable> tables =
            from table in Tables.All(arguments)
            where arguments.Text("only", DefaultTables).Split(',').Contains(table.Name)
            from kind in kinds
            select new IncompleteTable(table, Enum.Parse<Missingness>(kind, ignoreCase: true));
        Tables.Compare(arguments, tables, Methods(arguments), "lightgbm-own,imputed");
    }

    private static TableMethod[] Methods(Arguments arguments)
    {
        DGatingNumericEncoding encoding = Enum.Parse<DGatingNumericEncoding>(arguments.Text("encoding", "auto"), ignoreCase: true);
        string[] names = arguments.Text("methods", "lightgbm-own,encode,imputed,skip").Split(',');
        return [.. Methods(new TableMethods(arguments.Threads), encoding).Where(method => names.Contains(method.Name))];
    }

    private static IEnumerable<TableMethod> Methods(TableMethods methods, DGatingNumericEncoding encoding)
    {
        yield return methods.All().Single(method => method.Name == "lightgbm-own");
        yield return new TableMethod("encode", IsSeeded: true, (context, task, count) => methods.DGating(
            context, task, count, options => Set(options, EncodedSplit.FeaturesWithMissing)));
        yield return new TableMethod("encode-open", IsSeeded: true, (context, task, _) => methods.DGating(
            context, task, null, options => Set(options, EncodedSplit.FeaturesWithMissing)));
        yield return new TableMethod("imputed", IsSeeded: true, (context, task, count) => methods.DGating(
            context, task, count, options => Set(options, EncodedSplit.Features)));
        yield return new TableMethod("imputed-open", IsSeeded: true, (context, task, _) => methods.DGating(
            context, task, null, options => Set(options, EncodedSplit.Features)));
        yield return new TableMethod("skip", IsSeeded: true, (context, task, count) => new SkippingEstimator(
            context.Transforms.ReplaceMissingValues(EncodedSplit.FeaturesWithMissing),
            methods.DGating(context, task, count, options =>
            {
                Set(options, EncodedSplit.FeaturesWithMissing);
                options.MissingValues = DGatingMissingValues.Skip;
            })))
        {
            TellsFeatures = false,
        };

        void Set(DGatingTrainerOptions options, string features)
        {
            options.FeatureColumnName = features;
            options.NumericEncoding = encoding;
        }
    }

    /// <summary>Trains on rows as they are, of which the trainer skips some, and replaces missing values where rows are scored.</summary>
    private sealed class SkippingEstimator(IEstimator<ITransformer> replacing, IEstimator<ITransformer> trainer) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => replacing.Fit(input).Append(trainer.Fit(input));

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => trainer.GetOutputSchema(inputSchema);
    }
}
