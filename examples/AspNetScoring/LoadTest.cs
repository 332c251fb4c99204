using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AspNetScoring;

/// <summary>Clients that ask the server on this machine, each one request after the other.</summary>
/// <remarks>They compare every answer with the prediction of the model itself.</remarks>
internal static class LoadTest
{
    public const string Argument = "--load";
    private const int DefaultRequests = 2_000, DefaultClients = 4;

    public static async Task RunAsync(ScoringModel model, string path, IConfiguration settings)
    {
        int requests = settings.GetValue("requests", DefaultRequests), clients = settings.GetValue("clients", DefaultClients);
        (Dictionary<string, float>[] rows, float[][] expected) = Expected(model, path);
        await using WebApplication app = Server.Create(model, []);
        await app.StartAsync();
        // An answer that is slower hangs.
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(1) };

        int right = 0, answered = 0;
        long atTenth = 0, atHalf = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(first => Task.Run(() => AskAsync(first))));
        double seconds = clock.Elapsed.TotalSeconds;
        await app.StopAsync();
        Console.WriteLine($"{right} of {requests} answers right, {clients} clients, {requests / seconds:f0} requests/s.");
        Console.WriteLine($"Memory: {atTenth >> 20} MB after a tenth of them, {atHalf >> 20} MB after half, "
            + $"{Environment.WorkingSet >> 20} MB at the end.");

        async Task AskAsync(int first)
        {
            for (int request = first; request < requests; request += clients)
            {
                int row = request % rows.Length;
                using HttpResponseMessage response = await client.PostAsJsonAsync("/predict", rows[row]);
                response.EnsureSuccessStatusCode();
                PredictAnswer? answer = await response.Content.ReadFromJsonAsync<PredictAnswer>();
                string likeliest = model.Classes[Array.IndexOf(expected[row], expected[row].Max())];
                if (answer!.Probabilities.Values.SequenceEqual(expected[row]) && answer.Class == likeliest)
                {
                    Interlocked.Increment(ref right);
                }

                int count = Interlocked.Increment(ref answered);
                if (count == requests / 10)
                {
                    atTenth = Environment.WorkingSet;
                }
                else if (count == requests / 2)
                {
                    atHalf = Environment.WorkingSet;
                }
            }
        }
    }

    // Requests have the selected features alone; the model gets all of them, and as one batch.
    private static (Dictionary<string, float>[] Rows, float[][] Probabilities) Expected(ScoringModel model, string path)
    {
        var mlContext = new MLContext();
        IDataView mice = MouseData.Load(mlContext);
        Dictionary<string, float>[] rows = [.. mice.GetColumn<float[]>(model.FeatureSelection.FeatureColumnName).Select(features =>
            model.FeatureSelection.BySlot.Where(slot => slot.IsSelected).ToDictionary(slot => slot.Name, slot => features[slot.Index]))];
        return (rows, [.. mlContext.Model.Load(path, out _).Transform(mice).GetColumn<float[]>("Score")]);
    }
}
