using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MLNet.DGating;

namespace AspNetScoring;

/// <summary>The web application: POST /predict, GET /model, /health and /openapi.json. Errors are ProblemDetails (RFC 9457).</summary>
internal static class Server
{
    private const long LargestBody = 64 * 1024;
    private const int MostConnections = 1_000;

    // A client that sends more slowly keeps a connection from others: headers within this time, and a body at Kestrel's 240 bytes a second.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static WebApplication Create(ScoringModel model, string[] arguments)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(arguments);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = s_patience;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddProblemDetails();
        builder.Services.AddHealthChecks();
        if (builder.Configuration["urls"] is null)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }

        WebApplication app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = exception =>
                exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();

        var measurements = new Measurements(model.FeatureSelection);
        app.MapPost("/predict", (HttpRequest request) => PredictAsync(model, measurements, request));
        app.MapHealthChecks("/health");
        app.MapGet("/model", () => Describe(model.FeatureSelection, model.Classes));
        app.MapGet("/openapi.json", () => OpenApi.Describe(model.FeatureSelection, model.Classes));
        return app;
    }

    private static async Task<IResult> PredictAsync(ScoringModel model, Measurements measurements, HttpRequest request)
    {
        (float[] row, Dictionary<string, string[]> errors) = await measurements.ReadAsync(request.Body, request.HttpContext.RequestAborted);
        if (errors.Count > 0)
        {
            string needed = string.Join(", ", measurements.Needed);
            return Results.ValidationProblem(errors, detail: $"Send the features that the model reads: {needed}.");
        }

        float[] probabilities = model.Predict(row);
        int likeliest = Array.IndexOf(probabilities, probabilities.Max());
        return Results.Ok(new PredictAnswer(model.Classes[likeliest], probabilities[likeliest],
            model.Classes.Zip(probabilities).ToDictionary(), measurements.Needed));
    }

    private static ModelAnswer Describe(FeatureSelectionReport report, IReadOnlyList<string> classes)
    {
        ILookup<bool, FeatureGate> slots = report.BySlot.ToLookup(slot => slot.IsSelected);
        return new(classes,
            slots[true].OrderByDescending(slot => slot.Importance).Select(slot => new SelectedFeature(slot.Name, slot.Importance)),
            slots[false].Select(slot => slot.Name));
    }
}
