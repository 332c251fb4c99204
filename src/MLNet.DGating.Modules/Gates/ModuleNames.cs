namespace MLNet.DGating.Modules.Gates;

/// <summary>Finds submodules and parameters by the names that TorchSharp's state dictionaries have.</summary>
internal static class ModuleNames
{
    // A message lists no more names than this.
    private const int Listed = 30;

    /// <summary>Finds the module that holds a parameter, and the parameter's name in it.</summary>
    /// <exception cref="ArgumentException">The module has no such parameter.</exception>
    public static (Module Owner, string Local) OwnerOf(Module root, string parameter)
    {
        int dot = parameter.LastIndexOf('.');
        string path = dot < 0 ? "" : parameter[..dot], local = parameter[(dot + 1)..];
        Module? owner = Find(root, path);
        return owner?.named_parameters(recurse: false).Any(held => held.name == local) == true
            ? (owner, local)
            : throw new ArgumentException(
                $"The module has no parameter '{parameter}'. Its parameters: {List(root.named_parameters().Select(held => held.name))}.");
    }

    /// <summary>Finds a submodule.</summary>
    /// <exception cref="ArgumentException">The module has no such submodule.</exception>
    public static Module Get(Module root, string path) => Find(root, path) ?? throw new ArgumentException(
        $"The module has no submodule '{path}'. Its submodules: {List(root.named_modules().Select(held => held.name))}.");

    /// <summary>Joins the name of a module and that of something in it.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static Module? Find(Module root, string path) =>
        path.Length == 0 ? root : root.named_modules().FirstOrDefault(held => held.name == path).module;

    private static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string shown = string.Join(", ", all.Take(Listed).Select(name => $"'{name}'"));
        return all.Length == 0 ? "none (was RegisterComponents called?)" : all.Length > Listed ? $"{shown}, …" : shown;
    }
}
