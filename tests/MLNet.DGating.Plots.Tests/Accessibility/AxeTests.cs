using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using MLNet.DGating.Plots.Tests.Support;

namespace MLNet.DGating.Plots.Tests.Accessibility;

/// <summary>A report has no violation of WCAG 2.2 AA that axe finds, at any width, on light and on dark paper.</summary>
public sealed class AxeTests : IDisposable
{
    private const string Run = """
        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(found => {
          const result = document.createElement('pre');
          result.id = 'axe';
          result.textContent = JSON.stringify({
            passes: found.passes.length,
            overflow: Math.max(...[document.documentElement, document.body].map(one => one.scrollWidth - one.clientWidth)),
            width: document.body.clientWidth,
            violations: found.violations.map(one => one.id + ': ' + one.nodes[0].html),
          });
          document.body.append(result);
        });
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("axe-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserTheory]
    [InlineData(400, false)]
    [InlineData(400, true)]
    [InlineData(900, false)]
    [InlineData(900, true)]
    [InlineData(1600, false)]
    [InlineData(1600, true)]
    public async Task AReport_HasNoViolation_AndFitsTheScreen(int width, bool isDark)
    {
        string html = DGatingReport.ToHtml("All", Samples.Content());
        if (isDark)
        {
            html = html.Replace("screen and (prefers-color-scheme: dark)", "screen", StringComparison.Ordinal);
        }

        // A window of Chromium has 500 points at least.
        html = html.Replace("<style>", $"<style>html {{ width: {width}px; }}", StringComparison.Ordinal);
        string path = Path.Combine(_folder, "report.html");
        File.WriteAllText(path, html.Replace(
            "</main>", $"</main><script>{new BundledAxeScriptProvider().GetScript()}</script><script>{Run}</script>",
            StringComparison.Ordinal));
        string page = await Browser.DumpAsync(path, width);
        Match found = Regex.Match(page, "<pre id=\"axe\">(.*?)</pre>", RegexOptions.Singleline);
        Assert.True(found.Success, page.Length > 2000 ? page[^2000..] : page);
        JsonElement result = JsonDocument.Parse(System.Net.WebUtility.HtmlDecode(found.Groups[1].Value)).RootElement;
        Assert.Empty(result.GetProperty("violations").EnumerateArray().Select(one => one.GetString()));
        Assert.InRange(result.GetProperty("passes").GetInt32(), 15, 200);
        Assert.Equal((width, 0), (result.GetProperty("width").GetInt32(), result.GetProperty("overflow").GetInt32()));
    }
}
