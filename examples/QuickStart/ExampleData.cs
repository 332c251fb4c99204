namespace QuickStart;

/// <summary>The files of examples/data, wherever the program was started from.</summary>
internal static class ExampleData
{
    public static string PathOf(string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "examples", "data", file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"examples/data/{file} is in no folder above {AppContext.BaseDirectory}. "
            + "Build the program in a clone of the repository.");
    }
}
