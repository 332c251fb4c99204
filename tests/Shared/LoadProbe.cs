using System.Diagnostics;
using System.Reflection;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Shared;

/// <summary>Scores rows with a saved model in a process that knows nothing of the library.</summary>
internal static class LoadProbe
{
    /// <summary>Where a probe lies: LoadProbe has MLNet.DGating.Scoring beside it, BareLoadProbe nothing of ours.</summary>
    public static string PathOf(string probe) =>
        typeof(LoadProbe).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == probe).Value!;

    /// <summary>The bits of all predictions, in the order the probe writes them.</summary>
    public static byte[] Score(MLContext context, string modelPath, IDataView rows, string probe = nameof(LoadProbe))
    {
        string folder = Directory.CreateTempSubdirectory("load-probe").FullName;
        try
        {
            string rowsPath = Path.Combine(folder, "rows.bin"), scoresPath = Path.Combine(folder, "scores.bin");
            using (FileStream stream = File.Create(rowsPath))
            {
                context.Data.SaveAsBinary(rows, stream);
            }

            var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
            foreach (string argument in (string[])[PathOf(probe), modelPath, rowsPath, scoresPath])
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start)!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"The probe ended with {process.ExitCode}. {error}");
            return File.ReadAllBytes(scoresPath);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
