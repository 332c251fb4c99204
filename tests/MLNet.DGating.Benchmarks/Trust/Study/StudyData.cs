using Microsoft.ML;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds the rows of a repetition, with their columns in a random order.</summary>
/// <remarks>Methods that have ties keep the first columns: in the order of the table those would be the true ones.</remarks>
internal sealed class StudyData
{
    private readonly PlantedRow[] _rows;

    public StudyData(PlantedTable table, int seed)
    {
        IsRegression = table.IsRegression;
        _rows = table.DrawRows(table.Rows, seed);
        int[] order = [.. Enumerable.Range(0, table.Columns)];
        new RandomStream(seed, purpose: 1).Shuffle(order);
        foreach (PlantedRow row in _rows)
        {
            row.Features = [.. order.Select(column => row.Features[column])];
        }

        Informative = [.. table.Informative.Select(column => Array.IndexOf(order, column))];
    }

    public bool IsRegression { get; }

    /// <summary>The columns that the label depends on.</summary>
    public int[] Informative { get; }

    public string LabelColumn => IsRegression ? nameof(PlantedRow.Target) : nameof(PlantedRow.Label);

    public float[][] Features => Array.ConvertAll(_rows, row => row.Features);

    /// <summary>The numbers to predict, or the classes as 0 and 1.</summary>
    public float[] Targets => Array.ConvertAll(_rows, row => IsRegression ? row.Target : row.Label ? 1 : 0);

    public IDataView View(MLContext context) => PlantedRow.View(context, _rows);

    /// <summary>Gives the rows as the engine holds them, with a number to predict.</summary>
    public TrainingSet ForLasso()
    {
        int columns = _rows[0].Features.Length;
        var matrix = new DesignMatrix(columns);
        foreach (PlantedRow row in _rows)
        {
            matrix.Add(row.Features);
        }

        return new TrainingSet(matrix, Targets, null, GroupLayout.PerColumn(columns), LearningTask.Regression);
    }
}
