using System.Diagnostics;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>Fit after fit, the process does not grow.</summary>
[Collection(nameof(Alone))]
public class MemoryTests
{
    [Theory, AllTasks]
    public void Fit_ManyTimes_DoesNotGrow(string task)
    {
        // A fit holds 2000 rows × 500 slots (4 MB) several times over; were one of these matrices left behind by each of 20 fits, the
        // process would grow by 80 MB. Allocators keep some of what they had: hence the fits before, and 30 MB that are allowed.
        var context = new MLContext(seed: 1);
        IDataView data = DataRow.View(context, Planted.Linear(2000, 500, 2, seed: 1));
        Repeat(5);
        long before = PrivateMemory();
        Repeat(20);
        Assert.InRange(PrivateMemory() - before, long.MinValue, 30L << 20);

        void Repeat(int times)
        {
            for (int i = 0; i < times; i++)
            {
                TrainingTask.Get(task).Fit(context, data, 450, options =>
                {
                    options.HiddenLayers = [16];
                    options.NumberOfDenseIterations = 1;
                    options.NumberOfRefitIterations = 1;
                    options.LambdaGrowth = 2;
                });
            }
        }
    }

    private static long PrivateMemory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return process.PrivateMemorySize64;
    }
}
