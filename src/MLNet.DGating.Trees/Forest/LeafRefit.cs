namespace MLNet.DGating.Trees.Forest;

/// <summary>Estimates the values of leaves again, tree by tree, drawn towards what they are (docs/theory.md §33).</summary>
/// <remarks>
/// It minimizes Σ_i w_i ℓ(y_i, b + Σ_t v_t,leaf) + (ρ/2) Σ (v − v₀)², which is convex, with ρ = prior · curvature · mean weight. A sweep
/// takes each leaf to the minimum of a parabola above the objective, which no step increases.
/// </remarks>
internal static class LeafRefit
{
    private const int MaximumSweeps = 200;

    /// <summary>The part of the objective that a sweep must take away for another one.</summary>
    private const double Tolerance = 1e-7;

    /// <summary>Changes the values of the leaves, and the intercept.</summary>
    /// <param name="kept">The trees.</param>
    /// <param name="rows">The rows to estimate by.</param>
    /// <param name="loss">The loss of a score.</param>
    /// <param name="prior">The number of rows that the values before count as, above 0.</param>
    /// <returns>The objective before, and after each sweep.</returns>
    public static IReadOnlyList<double> Run(KeptTrees kept, LabelledRows rows, LeafLoss loss, double prior)
    {
        (double[] labels, double[] weights, int[][] leaves) = rows.Leaves(kept.Trees);
        double total = weights.Sum();
        if (!(total > 0))
        {
            return [];
        }

        double rho = prior * loss.Curvature * total / labels.Length;
        double[][] before = Array.ConvertAll(kept.Trees, tree => tree.Values.ToArray());
        double[] scores = new double[labels.Length];
        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] = kept.Intercept;
            for (int tree = 0; tree < leaves.Length; tree++)
            {
                scores[row] += kept.Trees[tree].Values[leaves[tree][row]];
            }
        }

        int[] oneLeaf = new int[labels.Length];
        var objective = new List<double> { Objective() };
        while (objective.Count <= MaximumSweeps)
        {
            double[] intercept = [kept.Intercept];
            Step(intercept, oneLeaf, intercept, 0);
            kept.Intercept = intercept[0];
            for (int tree = 0; tree < leaves.Length; tree++)
            {
                Step(kept.Trees[tree].Values, leaves[tree], before[tree], rho);
            }

            objective.Add(Objective());
            if (objective[^2] - objective[^1] <= Tolerance * Math.Abs(objective[^2]))
            {
                break;
            }
        }

        return objective;

        void Step(double[] values, int[] leafOf, double[] towards, double strength)
        {
            double[] slope = new double[values.Length], curvature = new double[values.Length];
            for (int row = 0; row < scores.Length; row++)
            {
                slope[leafOf[row]] += weights[row] * loss.Gradient(labels[row], scores[row]);
                curvature[leafOf[row]] += weights[row] * loss.Curvature;
            }

            double[] change = new double[values.Length];
            for (int leaf = 0; leaf < values.Length; leaf++)
            {
                double bound = curvature[leaf] + strength;
                change[leaf] = bound > 0 ? -(slope[leaf] + strength * (values[leaf] - towards[leaf])) / bound : 0;
                values[leaf] += change[leaf];
            }

            for (int row = 0; row < scores.Length; row++)
            {
                scores[row] += change[leafOf[row]];
            }
        }

        double Objective()
        {
            double sum = 0;
            for (int row = 0; row < scores.Length; row++)
            {
                sum += weights[row] * loss.Loss(labels[row], scores[row]);
            }

            return sum + rho / 2 * kept.Trees.Zip(before, (tree, was) =>
                tree.Values.Zip(was, (value, old) => (value - old) * (value - old)).Sum()).Sum();
        }
    }
}
