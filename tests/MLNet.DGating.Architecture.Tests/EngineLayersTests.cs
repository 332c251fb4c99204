namespace MLNet.DGating.Architecture.Tests;

public class EngineLayersTests
{
    // From the bottom to the top: a folder may use those before it. docs/architecture.md says what each is for.
    private static readonly string[] s_layers =
    [
        "", "Interop", "Native/Elf", "Native", "Devices", "Resumption", "Randomness", "Progress", "Sharding",
        "Objective", "Objective/Losses", "Objective/Tasks",
        "Data/Matrices", "Data/Streaming", "Data/Encodings", "Data", "Data/Knockoffs", "Data/Pairs",
        "Network", "Settings", "Backends", "Backends/Cpu", "Backends/Batched", "Backends/Sharded",
        "Optimization", "Evaluation", "RegularizationPath", "RegularizationPath/Stationary",
        "ModelSelection/Candidates", "ModelSelection/Runs", "ModelSelection/Checkpoints", "ModelSelection/Executors", "ModelSelection/Fits",
        "Search",
    ];

    private static readonly Lazy<SourceAssembly> s_engine = new(() => new SourceAssembly("MLNet.DGating.Torch"));

    [Fact]
    public void EveryFolder_HasALayer() => Assert.Equal(s_layers.Order(), s_engine.Value.Folders.Order());

    [Fact]
    public void AFolder_UsesOnlyThoseBelowIt()
    {
        IEnumerable<string> upward = s_engine.Value.Arrows
            .Where(arrow => Array.IndexOf(s_layers, arrow.From) < Array.IndexOf(s_layers, arrow.To))
            .Select(arrow => $"{arrow.From} uses {arrow.To}, which is above it, in {arrow.By}");
        Assert.Empty(upward);
    }

    [Theory, InlineData("MLNet.DGating.Torch"), InlineData("MLNet.DGating.Modules")]
    public void TheEngineAndTheModules_KnowNothingOfMLNet(string assembly) => Assert.DoesNotContain(
        new SourceAssembly(assembly).References, name => name.StartsWith("Microsoft.ML", StringComparison.Ordinal));
}
