namespace MLNet.DGating.Scoring.Tests.Model;

public class StationarityCertificateTests
{
    private static readonly StationarityCertificate s_groupLasso = new()
    {
        Lambda = 0.1,
        GateDepth = 2,
        ActiveResidual = 8.84e-5,
        ZeroGroupRatio = 0.9969,
        ActiveGroups = 16,
        ZeroGroups = 61,
    };

    [Fact]
    public void ToString_OfAStationaryGroupLasso_FindsEveryFeatureWhereItBelongs() => Assert.Equal(
        "Certified as stationary at λ = 0.1, D = 2, before the refit: on the 16 features kept, loss and penalty cancel to 8.8e-05 of the "
        + "penalty's pull, and on the 61 features at zero the loss pulls at most 0.9969 times as hard as the penalty, so that they belong "
        + "there.",
        s_groupLasso.ToString());

    [Fact]
    public void ToString_OfAZeroGroupThatShouldBeIn_NamesIt() => Assert.Equal(
        "Not certified as stationary at λ = 0.1, D = 2, before the refit: on the 1 feature kept, loss and penalty cancel to 0.0001 of the "
        + "penalty's pull, and on the 2 features at zero the loss pulls at most 1.5 times as hard as the penalty, so that one of them "
        + "should be in.",
        (s_groupLasso with { ActiveResidual = 1e-4, ZeroGroupRatio = 1.5, ActiveGroups = 1, ZeroGroups = 2 }).ToString());

    [Fact]
    public void ToString_OfADeeperGate_LeavesZeroGroupsOut() => Assert.Equal(
        "Not certified as stationary at λ = 0.01, D = 3, before the refit: on the 18 features kept, loss and penalty cancel to 0.24 of the "
        + "penalty's pull.",
        (s_groupLasso with { Lambda = 0.01, GateDepth = 3, ActiveResidual = 0.24, ZeroGroupRatio = double.NaN, ActiveGroups = 18 })
            .ToString());

    [Fact]
    public void ToString_WithNothingLeft_IsAboutZeroGroupsAlone() => Assert.Equal(
        "Certified as stationary at λ = 5, D = 2, before the refit: no feature is left, and on the 3 features at zero the loss pulls at "
        + "most 0.2 times as hard as the penalty, so that they belong there.",
        new StationarityCertificate
        {
            Lambda = 5,
            GateDepth = 2,
            ActiveResidual = 0,
            ZeroGroupRatio = 0.2,
            ActiveGroups = 0,
            ZeroGroups = 3,
        }.ToString());
}
