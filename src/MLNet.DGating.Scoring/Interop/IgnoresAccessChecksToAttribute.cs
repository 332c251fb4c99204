namespace System.Runtime.CompilerServices;

/// <summary>Allows the assembly that carries it the internals of the assembly it names; CoreCLR looks it up by name.</summary>
/// <remarks>build/MLNet.Internals.targets applies it, and opens the same internals to the compiler.</remarks>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
