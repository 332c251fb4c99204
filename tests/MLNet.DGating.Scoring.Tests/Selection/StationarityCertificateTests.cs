namespace MLNet.DGating.Scoring.Tests;

public class StationarityCertificateTests
{
    [Fact]
    public void ToString_OfAStationaryGroupLasso_SaysThatEveryFeatureIsWhereItBelongs() => Assert.Equal(
        "Certified as stationary at λ = 0.1, D = 2, before the refit: on the 16 features kept, loss and penalty cancel to 8.8e-05 of the penalty's pull, " +
        "and on the 61 features at zero the loss pulls at most 0.9969 times as hard as the penalty, so that they belong there.",
        new StationarityCertificate(0.1, 2, 8.84e-5, 0.9969, 16, 61).ToString());

    [Fact]
    public void ToString_OfAZeroGroupThatShouldBeIn_SaysSo() => Assert.Equal(
        "Not certified as stationary at λ = 0.1, D = 2, before the refit: on the 1 feature kept, loss and penalty cancel to 0.0001 of the penalty's pull, " +
        "and on the 2 features at zero the loss pulls at most 1.5 times as hard as the penalty, so that one of them should be in.",
        new StationarityCertificate(0.1, 2, 1e-4, 1.5, 1, 2).ToString());

    [Fact]
    public void ToString_OfADeeperGate_SaysNothingOfZeroGroups() => Assert.Equal(
        "Not certified as stationary at λ = 0.01, D = 3, before the refit: on the 18 features kept, loss and penalty cancel to 0.24 of the penalty's pull.",
        new StationarityCertificate(0.01, 3, 0.24, double.NaN, 18, 59).ToString());

    [Fact]
    public void TheReportEndsWithIt() => Assert.EndsWith(
        "before the refit: no feature is left, and on the 3 features at zero the loss pulls at most 0.2 times as hard as the penalty, so that they belong there."
        + Environment.NewLine,
        new FeatureSelectionReport(Reports.PerSlot(3, []).Data with { Certificate = new StationarityCertificate(5, 2, 0, 0.2, 0, 3) }).ToString(), StringComparison.Ordinal);
}
