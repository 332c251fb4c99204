using System.Reflection;
using System.Text.Json;

namespace MLNet.DGating;

/// <summary>Tells the options of a fit from others.</summary>
internal static class OptionsIdentity
{
    // They have no influence on results. The device and the groups are compared as what comes of them.
    private static readonly HashSet<string> s_others =
    [
        nameof(DGatingTrainerOptions.NumberOfThreads), nameof(DGatingTrainerOptions.Executor), nameof(DGatingTrainerOptions.Progress),
        nameof(DGatingTrainerOptions.CancellationToken), nameof(DGatingTrainerOptions.CheckpointPath),
        nameof(DGatingTrainerOptions.CheckpointInterval), nameof(DGatingTrainerOptions.Seed), nameof(DGatingTrainerOptions.Device),
        nameof(DGatingTrainerOptions.Groups),
    ];

    private static readonly JsonSerializerOptions s_json = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Gives all options that a result depends on, as text.</summary>
    public static string Of(DGatingTrainerOptions options) => string.Join('\n', options.GetType()
        .GetFields(BindingFlags.Public | BindingFlags.Instance)
        .Where(field => !s_others.Contains(field.Name))
        .OrderBy(field => field.Name, StringComparer.Ordinal)
        .Select(field => $"{field.Name} = {JsonSerializer.Serialize(field.GetValue(options), field.FieldType, s_json)}")
        .Prepend(options.GetType().FullName!));
}
