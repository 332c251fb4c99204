namespace MLNet.DGating;

/// <summary>Adds the columns that ML.NET's transformer of a task makes from a network's scores.</summary>
internal abstract class OnnxHead
{
    /// <summary>The task, as the metadata name it.</summary>
    public abstract string Task { get; }

    /// <summary>The columns, in the order of ML.NET's scorers.</summary>
    public abstract OnnxOutput[] Outputs(int outputCount);

    /// <summary>Adds the columns that the model makes.</summary>
    /// <param name="network">The network, already in its graph.</param>
    /// <param name="names">The variables to write, in the order of <see cref="Outputs"/>.</param>
    public abstract void AddTo(NetworkGraph network, string[] names);

    /// <summary>Adds what is not the model's: in a pipeline ML.NET's transformer adds it, with a threshold of its own.</summary>
    public virtual void AddThreshold(NetworkGraph network, string[] names)
    {
    }
}
