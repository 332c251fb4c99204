using System.Diagnostics;

namespace MLNet.DGating.Plots.Tests.Accessibility;

/// <summary>A headless Chromium, where there is one.</summary>
internal static class Browser
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>The program; null where none is installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Opens a page, lets its scripts run, and returns what has become of it.</summary>
    public static async Task<string> DumpAsync(string path, int width)
    {
        string profile = Directory.CreateTempSubdirectory("chromium-").FullName;
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(Program!)
            {
                ArgumentList =
                {
                    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", $"--user-data-dir={profile}",
                    $"--window-size={width},900",
                    "--virtual-time-budget=60000", "--dump-dom", new Uri(path).AbsoluteUri,
                },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string page = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            await errors;
            return page;
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
