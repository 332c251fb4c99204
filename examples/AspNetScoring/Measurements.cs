using System.Text;
using System.Text.Json;
using MLNet.DGating;

namespace AspNetScoring;

/// <summary>A reader that makes the feature vector of a request's JSON, names and numbers.</summary>
/// <remarks>Only the features that the model reads have to be there.</remarks>
internal sealed class Measurements
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    private readonly Dictionary<string, int> _slots;
    private readonly FeatureGate[] _needed;

    public Measurements(FeatureSelectionReport report)
    {
        _slots = report.BySlot.ToDictionary(slot => slot.Name, slot => slot.Index);
        _needed = [.. report.BySlot.Where(slot => slot.IsSelected)];
    }

    /// <summary>The features that have to be sent.</summary>
    public IEnumerable<string> Needed => _needed.Select(slot => slot.Name);

    /// <summary>The features of a row, those that were not sent being missing: the model does not look at them.</summary>
    /// <param name="body">An object of names and numbers.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The row, or what is wrong with each field.</returns>
    public async Task<(float[] Row, Dictionary<string, string[]> Errors)> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var row = new float[_slots.Count];
        Array.Fill(row, float.NaN);
        var errors = new Dictionary<string, string[]>();
        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(body, s_strict, cancellationToken);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                Fill(row, document.RootElement, errors);
            }
            else
            {
                errors[""] = [$"Send an object of names and numbers, such as {{ \"{_needed[0].Name}\": 0.5 }}, "
                    + $"but not {document.RootElement.ValueKind}."];
            }
        }
        catch (JsonException malformed)
        {
            errors[""] = [$"The body is not JSON: {malformed.Message}"];
        }
        catch (InvalidOperationException malformed) when (malformed.InnerException is DecoderFallbackException)
        {
            // A document is parsed before its words are decoded.
            errors[""] = ["The body is not UTF-8."];
        }

        return (row, errors);
    }

    private void Fill(float[] row, JsonElement sent, Dictionary<string, string[]> errors)
    {
        foreach (JsonProperty field in sent.EnumerateObject())
        {
            if (!_slots.TryGetValue(field.Name, out int slot))
            {
                errors[field.Name] = ["The model knows no feature of this name. GET /model lists them."];
            }
            else if (field.Value.ValueKind != JsonValueKind.Number
                || !field.Value.TryGetSingle(out row[slot]) || !float.IsFinite(row[slot]))
            {
                errors[field.Name] = [$"Send a finite number, but not {field.Value.GetRawText()}."];
            }
        }

        foreach (FeatureGate slot in _needed.Where(slot => float.IsNaN(row[slot.Index])))
        {
            errors.TryAdd(slot.Name, ["The model reads this feature: send a number."]);
        }
    }
}
