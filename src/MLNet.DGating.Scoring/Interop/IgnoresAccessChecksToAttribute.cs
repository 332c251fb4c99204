namespace System.Runtime.CompilerServices;

/// <summary>
/// CoreCLR looks this attribute up by name: an assembly that carries it may use the internals of the assembly it names.
/// The compiler's side of the bargain is build/MLNet.Internals.targets.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
