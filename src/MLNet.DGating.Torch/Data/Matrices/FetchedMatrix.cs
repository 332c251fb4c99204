namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Holds some columns of some rows of a matrix, which keep their numbers; all others cannot be read.</summary>
/// <param name="whole">The matrix.</param>
/// <param name="rows">The numbers of the rows.</param>
/// <param name="columns">The columns.</param>
/// <param name="values">Their values [rows, columns].</param>
internal sealed class FetchedMatrix(FeatureMatrix whole, int[] rows, int[] columns, float[] values) : FeatureMatrix
{
    private readonly Dictionary<int, int> _places = PlacesOf(rows), _columns = PlacesOf(columns);

    public override int Rows => whole.Rows;

    public override int Columns => whole.Columns;

    public override bool HasMissing => whole.HasMissing;

    public override bool IsIndicator(int column) => whole.IsIndicator(column);

    public override void Read(int row, Span<float> target) => Of(row).CopyTo(target);

    public override void Read(int row, ReadOnlySpan<int> columnsToRead, Span<float> target)
    {
        ReadOnlySpan<float> ofRow = Of(row);
        for (int i = 0; i < columnsToRead.Length; i++)
        {
            target[i] = ofRow[_columns[columnsToRead[i]]];
        }
    }

    public override FeatureMatrix Select(ReadOnlySpan<int> columnsToKeep) => whole.Select(columnsToKeep);

    public override FeatureMatrix Take(ReadOnlySpan<int> rowsToTake) => whole.Take(rowsToTake);

    private ReadOnlySpan<float> Of(int row) => values.AsSpan(_places[row] * columns.Length, columns.Length);

    private static Dictionary<int, int> PlacesOf(int[] numbers) =>
        numbers.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
}
