using Microsoft.ML;
using MLNet.DGating.Distributed.Rows;

namespace MLNet.DGating.Distributed.Tests.Rows;

public class DealtViewTests
{
    [Fact]
    public void EveryRow_IsInOnePart_InItsOrder() => Gen.Select(Gen.Int[1, 5], Gen.Int[0, 20]).Sample((parts, count) =>
    {
        var mlContext = new MLContext();
        IDataView rows = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(number => new Row { Number = number }));
        for (int part = 0; part < parts; part++)
        {
            var dealt = new DealtView(rows, part, parts);
            int[] numbers = [.. mlContext.Data.CreateEnumerable<Row>(dealt, reuseRowObject: false).Select(row => row.Number)];
            Assert.Equal(Enumerable.Range(0, count).Where(number => number % parts == part), numbers);
            Assert.True(dealt.GetRowCount() is null || dealt.GetRowCount() == numbers.Length);
        }
    }, iter: 30, threads: 1);

    private sealed class Row
    {
        public int Number { get; set; }
    }
}
