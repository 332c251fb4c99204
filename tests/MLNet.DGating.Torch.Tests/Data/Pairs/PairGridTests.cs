using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Data.Pairs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Tests.Data.Pairs;

/// <summary>Grids of pairs of a number, a number with missing values, a flag with missing values, and a category.</summary>
public class PairGridTests
{
    private const int Rows = 300, Groups = 4;

    private static readonly int[] s_all = [.. Enumerable.Range(0, Rows)];

    private static readonly Gen<(TrainingSet Data, InputEncoding Encoding, int First, int Second, int Seed)> s_any =
        from seed in Gen.Int
        from first in Gen.Int[0, Groups - 2]
        from second in Gen.Int[first + 1, Groups - 1]
        let data = Data(new Random(seed))
        select (data, data.EncodingBy(s_all, isPiecewise: true), first, second, seed);

    [Fact]
    public void Neurons_AreAnyFunctionThatIsGivenAtTheNodes_OnEveryRow() => s_any.Sample(one =>
    {
        PairGrid grid = Grid(one.Data, one.Encoding, one.First, one.Second);
        var random = new Random(one.Seed);
        double[] values = [.. Enumerable.Range(0, grid.Nodes).Select(_ => 2 * random.NextDouble() - 1)];
        double[] rises = grid.Rises(values);
        PairSteps first = new(grid.A, one.Encoding), second = new(grid.B, one.Encoding);
        float[] raw = new float[one.Data.Groups.Inputs], columns = new float[one.Encoding.Columns];
        foreach (int row in s_all)
        {
            one.Data.Features.Read(row, raw);
            one.Encoding.Encode(raw, columns);
            double[] a = Steps(first, grid.A, columns), b = Steps(second, grid.B, columns);
            double sum = 0;
            for (int i = 0; i < a.Length; i++)
            {
                for (int j = 0; j < b.Length; j++)
                {
                    sum += rises[grid.Node(i, j)] * Math.Max(0, a[i] + b[j] - 1);
                }
            }

            Assert.Equal(grid.Place(Point(grid.A, one.Data, row), Point(grid.B, one.Data, row)).Interpolate(values), sum, 1e-3);
        }
    }, iter: 60);

    [Fact]
    public void Cells_HaveTheMeanZeroOverTheRows_AndSoAtEveryNodeOfOneFeature() => s_any.Sample(one =>
    {
        PairGrid grid = Grid(one.Data, one.Encoding, one.First, one.Second);
        double[] masses = new double[grid.Nodes];
        GridPlace[] places = [.. s_all.Select(row => grid.Place(Point(grid.A, one.Data, row), Point(grid.B, one.Data, row)))];
        Array.ForEach(places, place => place.Spread(1, masses));
        Assert.Equal(Rows, masses.Sum(), 1e-3);
        var cells = new PairCells(grid, masses);
        double[] sums = new double[grid.Cells];
        float[] values = new float[grid.Cells];
        foreach (GridPlace place in places)
        {
            cells.Write(place, values);
            for (int cell = 0; cell < sums.Length; cell++)
            {
                sums[cell] += values[cell];
            }
        }

        Assert.All(sums, sum => Assert.Equal(0, sum / Rows, 1e-4));
    }, iter: 60);

    [Fact]
    public void NodesOfANumber_AreEdges_AndTailsAreOneNode()
    {
        TrainingSet data = Data(new Random(1));
        InputEncoding encoding = data.EncodingBy(s_all, isPiecewise: true);
        PairAxis axis = new PairAxes(data, encoding, s_all).Of(0)!;
        Assert.Equal(PairAxes.Intervals + 1, axis.Nodes);
        Assert.Equal(AxisPoint.At(0), axis.Find([-1e9f]));
        Assert.Equal(AxisPoint.At(axis.Nodes - 1), axis.Find([1e9f]));
        Assert.All(Enumerable.Range(1, axis.Nodes - 1), node =>
        {
            Assert.Contains(axis.Step(node).Low, encoding.Offsets[encoding.FirstColumn(0)..encoding.FirstColumn(1)]);
            Assert.Equal(node - 1, axis.Parent(node));
        });
    }

    [Fact]
    public void SeveralNumbersOfAGroup_HaveNoAxis()
    {
        DesignMatrix values = RandomData.NormalMatrix(new Random(1), Rows, 3);
        var data = new TrainingSet(values, new float[Rows], null, GroupLayout.FromSizes([2, 1]), LearningTask.Regression)
        {
            IsAdditive = true,
        };
        var axes = new PairAxes(data, data.EncodingBy(s_all, isPiecewise: true), s_all);
        Assert.Null(axes.Of(0));
        Assert.NotNull(axes.Of(1));
    }

    private static PairGrid Grid(TrainingSet data, InputEncoding encoding, int first, int second)
    {
        var axes = new PairAxes(data, encoding, s_all);
        return new PairGrid(first, second, axes.Of(first)!, axes.Of(second)!);
    }

    private static double[] Steps(PairSteps steps, PairAxis axis, float[] columns) =>
    [
        .. Enumerable.Range(0, axis.Nodes).Select(steps.Of).Select(step =>
            step.Constant + step.Weights.Sum(one => one.Weight * columns[one.Column])),
    ];

    private static AxisPoint Point(PairAxis axis, TrainingSet data, int row)
    {
        float[] values = new float[axis.Inputs.Length];
        data.Features.Read(row, axis.Inputs, values);
        return axis.Find(values);
    }

    private static TrainingSet Data(Random random)
    {
        int[] levels = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(4))];
        DesignMatrix values = RandomData.Matrix(Rows, 6, (row, column) => column switch
        {
            0 => random.NextNormal(),
            1 => row % 5 == 0 ? float.NaN : random.NextNormal(),
            2 => row % 7 == 0 ? float.NaN : random.Next(2),
            // The fourth word of the category is in none of its slots.
            _ => levels[row] == column - 3 ? 1 : 0,
        });
        GroupTerms[] terms = [.. Enumerable.Repeat(GroupTerms.Ordinary, Groups)];
        var features = new IndicatedMatrix(values, [0, 1, ~1, 2, ~2, 3, 4, 5]);
        float[] targets = [.. Enumerable.Range(0, Rows).Select(_ => (float)random.NextNormal())];
        return new TrainingSet(features, targets, null, GroupLayout.Create([1, 2, 2, 3], terms, [1, 1, 1, 3]), LearningTask.Regression)
        {
            IsAdditive = true,
        };
    }
}
