using System.Text.Json;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Output;

namespace MLNet.DGating.Tool.Tests.Support;

/// <summary>A run of the tool, in this process.</summary>
internal sealed record ToolRun(ExitCode ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The output as lines.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static ToolRun Of(params string[] arguments) => Of(CancellationToken.None, arguments);

    public static ToolRun Of(CancellationToken cancellation, params string[] arguments)
    {
        using var error = new StringWriter();
        return Of(error, cancellation, arguments);
    }

    public static ToolRun Of(StringWriter error, CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter();
        int code = DGatingTool.Run(arguments, new ToolContext(output, error, IsInteractive: false, cancellation));
        return new ToolRun((ExitCode)code, output.ToString(), error.ToString());
    }

    /// <summary>Asserts that the run failed with one line, which holds the words.</summary>
    public void FailedWith(ExitCode code, params string[] words)
    {
        Assert.Equal(code, ExitCode);
        string[] lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string line = Assert.Single(lines, text => text.StartsWith("dgating: ", StringComparison.Ordinal));
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
    }

    public ToolRun Succeeded()
    {
        Assert.True(ExitCode == ExitCode.Success, Error);
        return this;
    }
}
