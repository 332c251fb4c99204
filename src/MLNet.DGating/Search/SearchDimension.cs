using System.Globalization;
using MLNet.DGating.Torch.Randomness;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Describes one option that is searched.</summary>
/// <param name="Ends">Set the values to check: all values, or those at the ends of a range.</param>
/// <param name="Draw">Draws a value, and gives the function that sets it.</param>
/// <param name="Describe">Describes the option's value as text.</param>
internal sealed record SearchDimension(
    Action<DGatingTrainerOptions>[] Ends,
    Func<RandomStream, Action<DGatingTrainerOptions>> Draw,
    Func<DGatingTrainerOptions, string> Describe)
{
    /// <summary>Gives the options that a space searches, and checks their ranges.</summary>
    /// <exception cref="ArgumentException">A range has no values, or nothing is searched.</exception>
    public static SearchDimension[] Of(IExceptionContext context, DGatingSearchSpace space)
    {
        SearchDimension?[] all =
        [
            OfRange(
                context, nameof(space.GateDepth), space.GateDepth,
                (options, value) => options.GateDepth = value, options => $"D = {Text(options.GateDepth)}"),
            OfValues(
                space.HiddenLayers, (options, value) => options.HiddenLayers = [.. value],
                options => Layers(options.HiddenLayers ?? [DGatingDefaults.HiddenNeurons])),
            OfValues(
                space.Activation, (options, value) => options.Activation = value,
                options => options.Activation == DGatingActivation.Relu ? "ReLU" : "tanh"),
            OfRange(
                context, nameof(space.LearningRate), space.LearningRate,
                (options, value) => options.LearningRate = value, options => $"step {Text(options.LearningRate)}"),
            OfValues(
                space.InputNoise, (options, value) => options.InputNoise = value, options => $"noise {Text(options.InputNoise)}"),
            OfRange(
                context, nameof(space.L2Regularization), space.L2Regularization,
                (options, value) => options.L2Regularization = value, options => $"L2 {Text(options.L2Regularization)}"),
            OfValues(
                space.MaximumFeatureCount, (options, value) => options.MaximumFeatureCount = value,
                options => $"count {Text(options.MaximumFeatureCount)}"),
            OfValues(
                space.NumberOfRefitIterations, (options, value) => options.NumberOfRefitIterations = value,
                options => $"refit {options.NumberOfRefitIterations}"),
        ];
        SearchDimension[] searched = [.. all.OfType<SearchDimension>()];
        context.CheckUserArg(searched.Length > 0, nameof(space),
            "The space searches nothing: every range is null and every list empty. Leave it out for the default space.");
        return searched;
    }

    private static SearchDimension? OfValues<T>(
        IReadOnlyList<T> values, Action<DGatingTrainerOptions, T> set, Func<DGatingTrainerOptions, string> describe)
    {
        if (values.Count == 0)
        {
            return null;
        }

        return new(
            [.. values.Select(value => (Action<DGatingTrainerOptions>)(options => set(options, value)))],
            random =>
            {
                T value = values[random.NextInt32(values.Count)];
                return options => set(options, value);
            },
            describe);
    }

    private static SearchDimension? OfRange(
        IExceptionContext context, string name, DGatingSearchRange? range,
        Action<DGatingTrainerOptions, double> set, Func<DGatingTrainerOptions, string> describe)
    {
        if (range is null)
        {
            return null;
        }

        bool isRange = range.Minimum <= range.Maximum && double.IsFinite(range.Minimum) && double.IsFinite(range.Maximum);
        context.CheckUserArg(isRange, name, string.Create(CultureInfo.InvariantCulture,
            $"The range of {name} must go from a finite number to one that is no smaller, " +
            $"but was {range.Minimum} to {range.Maximum}."));
        context.CheckUserArg(!range.IsLogarithmic || range.Minimum > 0, name,
            FormattableString.Invariant($"The range of {name} is logarithmic and must begin above 0, but began at {range.Minimum}."));
        return new(
            [options => set(options, range.Minimum), options => set(options, range.Maximum)],
            random =>
            {
                double value = range.Draw(random.NextDouble());
                return options => set(options, value);
            },
            describe);
    }

    private static string Layers(int[] sizes) => sizes.Length == 0 ? "no hidden layer" : $"hidden {string.Join(" × ", sizes)}";

    private static string Text(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "chosen";
}
