namespace MLNet.DGating.Torch.Tests.Objective;

/// <summary>The group lasso (D = 2) by FISTA with restarts (Beck and Teboulle 2009; O'Donoghue and Candès 2015).</summary>
internal static class GroupLassoSolver
{
    public static double[] Solve(LinearRegression problem, double lambda, int iterations = 5_000)
    {
        int columns = problem.Groups.Columns;
        double step = 1 / LargestCurvature(problem);
        double[] w = new double[columns];
        double[] point = new double[columns];
        double t = 1;
        for (int i = 0; i < iterations; i++)
        {
            double[] gradient = problem.Gradient(point, problem.Bias(point));
            double[] next = new double[columns];
            for (int j = 0; j < columns; j++)
            {
                next[j] = point[j] - step * gradient[j];
            }

            Shrink(problem, next, step * lambda);
            double uphill = 0;
            for (int j = 0; j < columns; j++)
            {
                uphill += (point[j] - next[j]) * (next[j] - w[j]);
            }

            double momentum = uphill > 0 ? 1 : (1 + Math.Sqrt(1 + 4 * t * t)) / 2;
            for (int j = 0; j < columns; j++)
            {
                point[j] = uphill > 0 ? next[j] : next[j] + (t - 1) / momentum * (next[j] - w[j]);
            }

            t = momentum;
            w = next;
        }

        return w;
    }

    // The proximal operator of λ Σ s_j ‖w_j‖.
    private static void Shrink(LinearRegression problem, double[] w, double amount)
    {
        for (int j = 0; j < problem.Groups.Count; j++)
        {
            double norm = problem.Norm(w, j), bound = amount * problem.Groups.Weights[j];
            for (int i = problem.Groups.Starts[j]; i < problem.Groups.Starts[j + 1]; i++)
            {
                w[i] = norm <= bound ? 0 : w[i] * (1 - bound / norm);
            }
        }
    }

    // The largest eigenvalue of the Hessian, by power iteration, and a little more.
    private static double LargestCurvature(LinearRegression problem)
    {
        double[] direction = [.. Enumerable.Range(1, problem.Groups.Columns).Select(j => 1 + 1.0 / j)];
        double[] zero = new double[direction.Length];
        double[] origin = problem.Gradient(zero, problem.Bias(zero));
        double largest = 0;
        for (int i = 0; i < 200; i++)
        {
            double norm = Near.Norm(direction);
            double[] unit = [.. direction.Select(value => value / norm)];
            direction = [.. problem.Gradient(unit, problem.Bias(unit)).Zip(origin, (there, here) => there - here)];
            largest = Near.Norm(direction);
        }

        return 1.02 * largest;
    }
}
