using System.Reflection;

namespace MLNet.DGating.Tool.Tests.Support;

/// <summary>A theory about the tables of strangers, which lie beside the repository; skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CasesTheoryAttribute : TheoryAttribute
{
    public CasesTheoryAttribute()
    {
        if (!Directory.Exists(Folder))
        {
            Skip = $"There is no folder '{Folder}'.";
        }
    }

    public static string Folder { get; } = Path.Combine(typeof(CasesTheoryAttribute).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Cases").Value!, "tables");
}
