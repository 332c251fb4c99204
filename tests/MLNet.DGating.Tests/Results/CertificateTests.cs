using MLNet.DGating.Benchmarks;
using Microsoft.ML;
using Xunit.Abstractions;

namespace MLNet.DGating.Tests.Results;

/// <summary>The certificate of a fit at a fixed λ, as users see it.</summary>
public class CertificateTests(ITestOutputHelper output)
{
    private static readonly DataRow[] s_rows = Planted.Linear(200, 8, 2, seed: 1);
    private readonly MLContext _context = new(seed: 1);

    [Theory, AllTasks(2, 3)]
    public void Fit_OfALinearModel_IsCertified_AndTheReportSaysSo(string task, int depth)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, s_rows, change: options => Certified(options, depth));
        StationarityCertificate certificate = fitted.Report.Certificate!;
        output.WriteLine(fitted.Report.ToString());
        Assert.Equal((0.05, depth), (certificate.Lambda, certificate.GateDepth));
        Assert.True(certificate.IsStationary);
        Assert.InRange(certificate.ActiveResidual, 0, 1e-3);
        Assert.Equal(depth != 2, double.IsNaN(certificate.ZeroGroupRatio));
        Assert.Equal((fitted.Selected.Length, 8 - fitted.Selected.Length), (certificate.ActiveGroups, certificate.ZeroGroups));
        Assert.Contains(certificate.ToString(), fitted.Report.ToString(), StringComparison.Ordinal);
        // The path ends where the certificate is of.
        Assert.Equal((0.05, fitted.Selected.Length), (fitted.Path[^1].Lambda, fitted.Path[^1].FeatureCount));

        Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, s_rows).Schema);
        Assert.Equal(certificate, loaded.Report.Certificate);
    }

    [Fact]
    public void Fit_WithoutAskingForIt_HasNone() =>
        Assert.Null(TrainingTask.Get("regression").Fit(_context, s_rows, change: options => options.Lambda = 0.05).Report.Certificate);

    [Fact]
    public void Fit_WithNoiseLeftOpen_TakesNone()
    {
        var log = new MessageLog(_context);
        TrainingTask.Get("regression").Fit(_context, s_rows, change: options =>
        {
            Certified(options, 2);
            options.InputNoise = null;
        });
        Assert.DoesNotContain(log.Information, message => message.StartsWith("Choosing on ", StringComparison.Ordinal));
        Assert.Contains(log.Information, message => message.Contains("feature groups; input noise 0, ", StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_OfALambdaThatLeavesNothing_CertifiesNothing()
    {
        Fitted fitted = TrainingTask.Get("regression").Fit(_context, s_rows, change: options =>
        {
            Certified(options, 2);
            options.Lambda = 50;
        });
        StationarityCertificate certificate = fitted.Report.Certificate!;
        Assert.Equal((0, 8), (certificate.ActiveGroups, certificate.ZeroGroups));
        Assert.True(certificate.IsStationary);
        // λ_max (docs/theory.md §5) of the standardized label is 1 at most.
        Assert.InRange(certificate.ZeroGroupRatio, 0.001, 0.02);
        Assert.Contains("no feature is left", certificate.ToString(), StringComparison.Ordinal);
    }

    [SharedDataFact]
    public void Fit_OfALinearModelOfMice_IsTheGroupLasso()
    {
        var data = new SplitData(_context, SharedDataFactAttribute.Folder!, "mice");
        var options = new DGatingMulticlassTrainer.Options { Lambda = 0.03, GateDepth = 2, HiddenLayers = [], ComputeCertificate = true };
        MulticlassModel fitted = _context.MulticlassClassification.Trainers.DGating(options).Fit(data.Training);
        StationarityCertificate certificate = fitted.Model.FeatureSelection.Certificate!;
        output.WriteLine(certificate.ToString());
        Assert.True(certificate.IsStationary, certificate.ToString());
        Assert.InRange(certificate.ActiveGroups, 20, 60);
    }

    private static void Certified(DGatingTrainerOptions options, int depth)
    {
        options.HiddenLayers = [];
        options.Lambda = 0.05;
        options.GateDepth = depth;
        options.ComputeCertificate = true;
    }
}
