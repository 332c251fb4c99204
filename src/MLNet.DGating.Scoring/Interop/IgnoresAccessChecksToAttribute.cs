namespace System.Runtime.CompilerServices;

/// <summary>
/// CoreCLR looks this attribute up by name: an assembly that carries it may use the internals of the assembly it names.
/// build/MLNet.Internals.targets applies it, to every project that imports it, and opens the same internals to the compiler.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
