namespace MLNet.DGating.Modules.Compaction;

/// <summary>Puts a module into evaluation mode, and back into the mode of each of its parts.</summary>
internal sealed class EvaluationScope : IDisposable
{
    private readonly List<Module> _training;

    public EvaluationScope(Module module)
    {
        _training = [.. module.modules().Prepend(module).Where(part => part.training)];
        module.eval();
    }

    public void Dispose()
    {
        // From the top down, since a module sets its parts.
        HashSet<Module> training = [.. _training];
        foreach (Module part in _training)
        {
            part.train();
            foreach (Module inner in part.modules().Where(inner => !training.Contains(inner)))
            {
                inner.eval();
            }
        }
    }
}
