using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MLNet.DGating.Examples.Tests;

/// <summary>The web server as a process of its own, asked over the loopback device.</summary>
public sealed class AspNetScoringTests(AspNetScoringTests.Server server) : IClassFixture<AspNetScoringTests.Server>
{
    [Fact]
    public async Task Model_NamesTheFeaturesThatItReads()
    {
        Assert.Equal(10, (await FeaturesAsync()).Length);
        JsonElement model = await server.Client.GetFromJsonAsync<JsonElement>("/model");
        Assert.Equal(67, model.GetProperty("dropped").GetArrayLength());
        Assert.Equal(8, model.GetProperty("classes").GetArrayLength());
    }

    [Fact]
    public async Task Predict_WithTheFeaturesThatAreRead_GivesProbabilitiesAndTheFeaturesUsed()
    {
        string[] features = await FeaturesAsync();
        using HttpResponseMessage response = await server.Client.PostAsJsonAsync("/predict", features.ToDictionary(name => name, _ => 0.5));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Dictionary<string, double> probabilities = answer.GetProperty("probabilities").Deserialize<Dictionary<string, double>>()!;
        Assert.Equal(1, probabilities.Values.Sum(), 1e-5);
        Assert.Equal(probabilities.MaxBy(pair => pair.Value).Key, answer.GetProperty("class").GetString());
        Assert.Equal(features.Order(), answer.GetProperty("featuresUsed").Deserialize<string[]>()!.Order());
    }

    [Fact]
    public async Task Predict_WithAFeatureThatIsNotRead_AnswersTheSame()
    {
        string[] features = await FeaturesAsync();
        string dropped = (await server.Client.GetFromJsonAsync<JsonElement>("/model")).GetProperty("dropped")[0].GetString()!;
        string few = await AnswerAsync(features.ToDictionary(name => name, _ => 0.5));
        Assert.Equal(few, await AnswerAsync(features.Append(dropped).ToDictionary(name => name, name => name == dropped ? 1e6 : 0.5)));

        async Task<string> AnswerAsync(Dictionary<string, double> row)
        {
            using HttpResponseMessage response = await server.Client.PostAsJsonAsync("/predict", row);
            return await response.Content.ReadAsStringAsync();
        }
    }

    [Theory]
    [InlineData("""{ "nonsense": 1 }""", "nonsense", "The model knows no feature of this name. GET /model lists them.")]
    [InlineData("""{ "f0": "much" }""", "f0", "Send a finite number, but not \"much\".")]
    [InlineData("""{ "f0": 1e99 }""", "f0", "Send a finite number, but not 1e99.")]
    [InlineData("[1, 2]", "", "Send an object of names and numbers, such as {")]
    [InlineData("{", "", "The body is not JSON: Expected depth to be zero")]
    [InlineData("""{ "f0": 1, "f0": 2 }""", "", "The body is not JSON: Duplicate property 'f0'")]
    public async Task Predict_OfSomethingElse_SaysWhatIsWrong(string body, string field, string text)
    {
        JsonElement problem = await ProblemAsync(body);
        Assert.StartsWith(text, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_OfBytesThatAreNoText_SaysSo()
    {
        using var body = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        using HttpResponseMessage response = await server.Client.PostAsync("/predict", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("The body is not UTF-8.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_WithoutAFeature_NamesIt()
    {
        string[] features = await FeaturesAsync();
        JsonElement problem = await ProblemAsync(JsonSerializer.Serialize(features.Skip(1).ToDictionary(name => name, _ => 0.5)));
        JsonProperty error = Assert.Single(problem.GetProperty("errors").EnumerateObject());
        Assert.Equal((features[0], "The model reads this feature: send a number."), (error.Name, error.Value[0].GetString()));
        Assert.Contains(features[0], problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_IsFine() => Assert.Equal("Healthy", await server.Client.GetStringAsync("/health"));

    [Fact]
    public async Task TheOpenApiDocument_HasTheFeaturesOfTheModel_AndPathsThatAnswer()
    {
        using var document = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi.json"));
        using var model = JsonDocument.Parse(await server.Client.GetStringAsync("/model"));
        JsonElement paths = document.RootElement.GetProperty("paths");
        JsonElement required = paths.GetProperty("/predict").GetProperty("post").GetProperty("requestBody").GetProperty("content")
            .GetProperty("application/json").GetProperty("schema").GetProperty("required");
        Assert.Equal(
            model.RootElement.GetProperty("selected").EnumerateArray().Select(feature => feature.GetProperty("name").GetString()).Order(),
            required.EnumerateArray().Select(name => name.GetString()).Order());
        foreach (JsonProperty path in paths.EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _)))
        {
            Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(path.Name)).StatusCode);
        }
    }

    [Fact]
    public async Task Predict_OfABodyThatIsTooLarge_IsRefused()
    {
        using var body = new StringContent("{" + new string(' ', 100_000) + "}", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await server.Client.PostAsync("/predict", body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task AClientThatSendsTooSlowly_IsCutOff_WhileOthersAreServed()
    {
        using var slow = new TcpClient();
        await slow.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
        NetworkStream stream = slow.GetStream();
        await stream.WriteAsync("POST /predict HTTP/1.1\r\nHost:"u8.ToArray());
        await Health_IsFine();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string answer = await new StreamReader(stream).ReadToEndAsync(patience.Token);
        Assert.Contains("408", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyClientsAtOnce_AllGetTheirAnswer()
    {
        string[] features = await FeaturesAsync();
        Dictionary<string, double> row = features.ToDictionary(name => name, _ => 0.5);
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            using HttpResponseMessage response = await server.Client.PostAsJsonAsync("/predict", row);
            return await response.Content.ReadAsStringAsync();
        }));
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Serving_NeverLoadsTorch()
    {
        Assert.Equal(10, (await FeaturesAsync()).Length);
        string[] files = server.MappedFiles();
        if (OperatingSystem.IsLinux())
        {
            // That the list has managed assemblies at all; elsewhere it is that of native ones.
            Assert.Contains(files, file => file.Contains("MLNet.DGating.Scoring", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(files, file => file.Contains("torch", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void UnderLoad_EveryAnswerIsRight()
    {
        var run = new Load(server.Model);
        Assert.Equal("", run.Errors);
        Assert.StartsWith("2000 of 2000 answers right", run.Lines[0], StringComparison.Ordinal);
    }

    private async Task<string[]> FeaturesAsync() =>
        [.. (await server.Client.GetFromJsonAsync<JsonElement>("/model")).GetProperty("selected").EnumerateArray()
            .Select(feature => feature.GetProperty("name").GetString()!)];

    private async Task<JsonElement> ProblemAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await server.Client.PostAsync(new Uri("/predict", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private sealed class Training(string model) : ExampleRun("AspNetScoring", "--train", model);

    private sealed class Load(string model) : ExampleRun("AspNetScoring", "--load", "--model", model);

    /// <summary>One model and one server for all tests, at a port that the system chooses.</summary>
    public sealed class Server : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("asp-net-scoring");
        private readonly Process _process;

        public Server()
        {
            Model = Path.Combine(_folder.FullName, "mice.zip");
            var training = new Training(Model);
            Assert.True(training.ExitCode == 0, training.Errors);

            _process = ExampleRun.Start("AspNetScoring", "--model", Model);
            string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(_process.StandardError.ReadToEnd());
            Client = new HttpClient { BaseAddress = new Uri(line.Split(' ', ',')[2]) };
        }

        public string Model { get; }

        public HttpClient Client { get; }

        public string[] MappedFiles()
        {
            if (OperatingSystem.IsLinux())
            {
                return File.ReadAllLines($"/proc/{_process.Id}/maps");
            }

            _process.Refresh();
            return [.. _process.Modules.Cast<ProcessModule>().Select(module => module.FileName)];
        }

        public void Dispose()
        {
            Client.Dispose();
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
            _folder.Delete(recursive: true);
        }
    }
}
