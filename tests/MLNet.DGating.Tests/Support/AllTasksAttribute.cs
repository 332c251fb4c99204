using System.Reflection;
using Xunit.Sdk;

namespace MLNet.DGating.Tests.Support;

/// <summary>Runs a theory for every task, with each of the values given in addition, if any are.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AllTasksAttribute(params object[] values) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        string[] tasks = ["binary", "multiclass", "regression"];
        return values.Length == 0
            ? tasks.Select(task => new object[] { task })
            : tasks.SelectMany(task => values.Select(value => new[] { task, value }));
    }
}
