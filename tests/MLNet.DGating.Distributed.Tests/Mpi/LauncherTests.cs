using MLNet.DGating.Distributed.Mpi;

namespace MLNet.DGating.Distributed.Tests.Mpi;

public class LauncherTests
{
    [Theory]
    [InlineData("", 1, null)]
    [InlineData("OMPI_COMM_WORLD_SIZE=4", 4, true)]
    [InlineData("PMI_SIZE=3", 3, false)]
    [InlineData("SLURM_STEP_NUM_TASKS=8", 8, null)]
    [InlineData("SLURM_STEP_NUM_TASKS=8 PMI_SIZE=8", 8, null)]
    [InlineData("SLURM_STEP_NUM_TASKS=2 OMPI_COMM_WORLD_SIZE=16", 16, true)]
    [InlineData("OMPI_COMM_WORLD_SIZE=many", 1, null)]
    public void ALauncher_IsKnownByItsEnvironment(string environment, int size, bool? isOpenMpi)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(each => each.Split('=')).ToDictionary(each => each[0], each => each[1]);
        Assert.Equal(new Launcher(size, isOpenMpi), Launcher.Of(variables.GetValueOrDefault));
    }
}
