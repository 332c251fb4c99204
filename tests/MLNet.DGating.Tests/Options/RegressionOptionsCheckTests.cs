using Microsoft.ML;

namespace MLNet.DGating.Tests.Options;

/// <summary>Options that only one task has are refused like the others: when the trainer is made.</summary>
public class RegressionOptionsCheckTests
{
    private static readonly Dictionary<string, (Action<DGatingRegressionTrainer.Options> Change, string Message)> s_cases = new()
    {
        ["loss"] = (o => o.Loss = (DGatingRegressionLoss)9,
            "Loss must be one of Squared, Absolute, Huber, Quantile, Poisson, Gamma, but was 9. (Parameter 'Loss')"),
        ["transform"] = (o => o.TargetTransform = (DGatingTargetTransform)9,
            "TargetTransform must be one of None, Log, Auto, but was 9. (Parameter 'TargetTransform')"),
        ["delta 0"] = (o => (o.Loss, o.HuberDelta) = (DGatingRegressionLoss.Huber, 0),
            "HuberDelta must be above 0 and finite, but was 0. It is in the label's unit. (Parameter 'HuberDelta')"),
        ["delta without Huber"] = (o => o.HuberDelta = 2,
            "HuberDelta must be null where Loss is not Huber, but was 2. (Parameter 'HuberDelta')"),
        ["quantiles null"] = (o => o.Quantiles = null!,
            "Quantiles must be a list of levels, but was null. Use 0.5 for the median. (Parameter 'Quantiles')"),
        ["quantiles descending"] = (o => o.Quantiles = [0.9, 0.1],
            "Quantiles must be levels that ascend between 0 and 1, but was [0.9, 0.1]. Use 0.5 for the median. (Parameter 'Quantiles')"),
        ["quantiles in percent"] = (o => o.Quantiles = [5, 50, 95],
            "Quantiles must be levels that ascend between 0 and 1, but was [5, 50, 95]. Use 0.5 for the median. (Parameter 'Quantiles')"),
        ["quantiles empty"] = (o => o.Quantiles = [],
            "Quantiles must be levels that ascend between 0 and 1, but was []. Use 0.5 for the median. (Parameter 'Quantiles')"),
        ["transform of Gamma"] = (o => (o.Loss, o.TargetTransform) = (DGatingRegressionLoss.Gamma, DGatingTargetTransform.Log),
            "TargetTransform must be None where Loss is Gamma, but was Log. "
            + "Medians and quantiles need no transform; Poisson and Gamma learn a logarithm already. (Parameter 'TargetTransform')"),
        ["certificate of Quantile"] = (o => (o.Loss, o.Lambda, o.ComputeCertificate) = (DGatingRegressionLoss.Quantile, 0.1, true),
            "ComputeCertificate must be false where Loss is Quantile, but was True. "
            + "The gradient of this loss jumps, so that no point can be certified. Huber with a small HuberDelta is near to Absolute. "
            + "(Parameter 'ComputeCertificate')"),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory, MemberData(nameof(Cases))]
    public void Ctor_WithAnOptionOutOfRange_SaysWhichAndWhatToDo(string name)
    {
        (Action<DGatingRegressionTrainer.Options> change, string message) = s_cases[name];
        var options = new DGatingRegressionTrainer.Options();
        change(options);
        Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(() => new MLContext().Regression.Trainers.DGating(options)).Message);
    }

    [Fact]
    public void Ctor_WithClassWeightsOutOfRange_SaysWhich()
    {
        const string message = "ClassWeights must be one of None, Balanced, but was 5. (Parameter 'ClassWeights')";
        var binary = new DGatingBinaryTrainer.Options { ClassWeights = (DGatingClassWeights)5 };
        var multiclass = new DGatingMulticlassTrainer.Options { ClassWeights = (DGatingClassWeights)5 };
        Assert.Equal(
            message, Assert.ThrowsAny<ArgumentException>(() => new MLContext().BinaryClassification.Trainers.DGating(binary)).Message);
        Assert.Equal(
            message,
            Assert.ThrowsAny<ArgumentException>(() => new MLContext().MulticlassClassification.Trainers.DGating(multiclass)).Message);
    }
}
