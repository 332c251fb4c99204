namespace MLNet.DGating.Plots.Tests.Accessibility;

/// <summary>A theory that needs Chromium; skipped where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (Browser.Program is null)
        {
            Skip = "No Chromium is on the PATH (apt-get install chromium).";
        }
    }
}
