using System.Reflection;

namespace MLNet.DGating.Tool.Tests.Support;

/// <summary>The files of the repository's examples.</summary>
internal static class Examples
{
    public static string Adult(Folder folder, int rows = 500, string name = "adult.csv") => Beginning(folder, "adult.csv", name, rows);

    public static string Fares(Folder folder, int rows = 500, string name = "fares.csv") => Beginning(folder, "taxi-fare.csv", name, rows);

    /// <summary>Reads a file of examples/ModelBuilder.</summary>
    public static string GeneratedFile(string name) => File.ReadAllText(Path.Combine(Root, "ModelBuilder", name));

    private static string Root { get; } =
        typeof(Examples).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Examples").Value!;

    private static string Beginning(Folder folder, string source, string name, int rows) =>
        folder.Write(name, string.Join('\n', File.ReadLines(Path.Combine(Root, "data", source)).Take(rows + 1)) + "\n");
}
