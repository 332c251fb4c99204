using System.Reflection;

namespace MLNet.DGating.Tool.Tests.Support;

/// <summary>The beginnings of the data that the repository ships.</summary>
internal static class Examples
{
    public static string Adult(Folder folder, int rows = 500, string name = "adult.csv") => Beginning(folder, "adult.csv", name, rows);

    public static string Fares(Folder folder, int rows = 500, string name = "fares.csv") => Beginning(folder, "taxi-fare.csv", name, rows);

    private static string Beginning(Folder folder, string source, string name, int rows)
    {
        string data = typeof(Examples).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ExampleData").Value!;
        return folder.Write(name, string.Join('\n', File.ReadLines(Path.Combine(data, source)).Take(rows + 1)) + "\n");
    }
}
