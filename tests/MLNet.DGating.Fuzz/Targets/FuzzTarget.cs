namespace MLNet.DGating.Fuzz.Targets;

/// <summary>Something that reads what it did not write: makes inputs for it, and says what is wrong with its answer.</summary>
internal abstract class FuzzTarget(string name)
{
    public string Name { get; } = name;

    /// <summary>Whether it trains on what it reads, which takes time and memory of its own.</summary>
    public bool Trains { get; init; }

    /// <summary>Whether what it makes is damaged, so that some of it must be refused.</summary>
    public bool IsDamaged { get; init; } = true;

    /// <summary>Makes an input.</summary>
    public abstract byte[] Create(Random random);

    /// <summary>Gives an input to the reader.</summary>
    /// <returns>How it was answered.</returns>
    /// <exception cref="FuzzFault">The answer is not one of those that are documented.</exception>
    public abstract Answer Try(byte[] input);
}
