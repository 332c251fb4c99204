using System.Text.Json.Nodes;
using MLNet.DGating;

namespace AspNetScoring;

/// <summary>The description of the service for other programs: an OpenAPI 3.1 document with the features of this very model.</summary>
internal static class OpenApi
{
    public static JsonObject Describe(FeatureSelectionReport report, IEnumerable<string> classes)
    {
        FeatureGate[] slots = [.. report.BySlot];
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Predictions by a D-Gating model", ["version"] = "1.0" },
            ["paths"] = new JsonObject
            {
                ["/predict"] = Operation("post", "Predicts the class of one row.", Answer(classes), new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject(slots.Select(slot => KeyValuePair.Create(slot.Name, (JsonNode?)Typed("number")))),
                    ["required"] = Names(slots.Where(slot => slot.IsSelected).Select(slot => slot.Name)),
                    ["additionalProperties"] = false,
                }),
                ["/model"] = Operation("get", "Names the classes, and the features that are read and not read.", Typed("object")),
                ["/health"] = Operation("get", "Says whether the service runs.", Typed("string")),
                ["/openapi.json"] = Operation("get", "Gives this document.", Typed("object")),
            },
        };
    }

    private static JsonObject Answer(IEnumerable<string> classes) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["class"] = new JsonObject { ["enum"] = Names(classes) },
            ["probability"] = Typed("number"),
            ["probabilities"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = Typed("number") },
            ["featuresUsed"] = new JsonObject { ["type"] = "array", ["items"] = Typed("string") },
        },
    };

    private static JsonObject Operation(string method, string summary, JsonObject answer, JsonObject? body = null)
    {
        var responses = new JsonObject { ["200"] = new JsonObject { ["description"] = "The answer.", ["content"] = Json(answer) } };
        var operation = new JsonObject { ["summary"] = summary, ["responses"] = responses };
        if (body is not null)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Json(body) };
            foreach (string problem in (string[])["400", "408", "413"])
            {
                responses[problem] = new JsonObject { ["description"] = "What is wrong with the request, as ProblemDetails (RFC 9457)." };
            }
        }

        return new JsonObject { [method] = operation };
    }

    private static JsonObject Json(JsonObject schema) =>
        new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Typed(string type) => new() { ["type"] = type };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => JsonValue.Create(name))];
}
