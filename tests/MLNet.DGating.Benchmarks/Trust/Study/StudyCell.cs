namespace MLNet.DGating.Benchmarks;

/// <summary>A setting of the study: a generated table, and how it is measured.</summary>
/// <param name="Sweep">The cells that are drawn in one picture; empty for a cell in the table alone.</param>
/// <param name="X">The place of the cell on the horizontal axis of the picture.</param>
/// <param name="Table">The generated table; its name is that of the cell.</param>
internal sealed record StudyCell(string Sweep, double X, PlantedTable Table)
{
    /// <summary>The pairs of halves of stability selection; 0 where it is not measured.</summary>
    public int Pairs { get; init; } = 10;

    /// <summary>The cell is measured in every so many rounds: one that takes long has fewer repetitions.</summary>
    public int Every { get; init; } = 1;

    public string Name => Table.Name;
}
