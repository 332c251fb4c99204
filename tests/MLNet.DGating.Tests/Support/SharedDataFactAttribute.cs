namespace MLNet.DGating.Tests.Support;

/// <summary>A test that needs the benchmark data sets, which lie in shared/data beside the repository and not in it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (Folder is null)
        {
            Skip = "There is no folder shared/data beside the repository or above it.";
        }
    }

    /// <summary>The folder, or null where there is none.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}
