using System.Globalization;
using AspNetScoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

// AspNetScoring [--model PATH] [--urls ADDRESS]   serves; without a path, a model that it trains when it is first started
// AspNetScoring --load [--requests N] [--clients N] [--model PATH]   asks itself 2,000 times, and says how fast it answered
// AspNetScoring --train PATH                      makes a model
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [Training.Argument, var destination])
{
    Training.Run(destination);
    return;
}

string[] settings = [.. args.Where(argument => argument != LoadTest.Argument)];
IConfiguration options = new ConfigurationBuilder().AddCommandLine(settings).Build();
string? given = options["model"];
string path = given ?? Path.Combine(AppContext.BaseDirectory, "mice.zip");
if (given is null && !File.Exists(path))
{
    Training.RunApart(path);
}

using var model = new ScoringModel(path);
if (settings.Length < args.Length)
{
    await LoadTest.RunAsync(model, path, options);
    return;
}

await using WebApplication app = Server.Create(model, settings);
await app.StartAsync();
string example = string.Join(", ", new Measurements(model.FeatureSelection).Needed.Select(name => $"\"{name}\": 0.5"));
Console.WriteLine($$"""
    Listening on {{app.Urls.First()}}, until Ctrl+C. Try:
      curl {{app.Urls.First()}}/model
      curl {{app.Urls.First()}}/predict --json '{ {{example}} }'
    """);
await app.WaitForShutdownAsync();
