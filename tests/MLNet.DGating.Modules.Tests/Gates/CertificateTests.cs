using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Tests.Gates;

public class CertificateTests
{
    // The squared loss without tanh, D = 2: the group lasso, whose optimum the certificate knows.
    [Fact]
    public void AConvexProblem_IsCertifiedAtItsEnd_AndNotBefore()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new Problem(11, 8, 2, rows: 200);
        problem.Target.copy_(problem.Input.narrow(1, 0, 2) + 0.1 * problem.Target);
        using ModuleGates gates = problem.Gated(2, rows: false);
        using SGD optimizer = optim.SGD(gates.Trainable, 0.2, momentum: 0.5);
        Assert.False(Certificate(problem, gates).IsStationary);
        for (int step = 0; step < 600; step++)
        {
            using DisposeScope inner = NewDisposeScope();
            optimizer.zero_grad();
            Loss(problem).backward();
            gates.Step(optimizer, 0.1);
        }

        gates.Cut();
        StationarityCertificate certificate = Certificate(problem, gates);
        Assert.True(certificate.IsStationary, certificate.ToString());
        Assert.Equal((2, 6), (certificate.ActiveGroups, certificate.ZeroGroups));
        Assert.InRange(certificate.ZeroGroupRatio, 0, 1);
    }

    private static StationarityCertificate Certificate(Problem problem, ModuleGates gates)
    {
        problem.Layer.zero_grad();
        Loss(problem).backward();
        return gates.Certify(0.1)["weight"];
    }

    private static Tensor Loss(Problem problem) => (problem.Layer.call(problem.Input) - problem.Target).pow(2).mean();
}
