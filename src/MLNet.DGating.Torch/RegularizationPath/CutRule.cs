using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Decides when a group is cut (docs/theory.md §6).</summary>
/// <remarks>
/// Decay reaches zero only asymptotically. So a group is cut once it is small and the penalty pulls harder than the loss,
/// ‖∇_j L‖ &lt; λ s_j (2/D) ‖w_j‖^(2/D − 1), with a margin and at several consecutive checks. For D &gt; 2 the pull grows as the group
/// shrinks. Groups that always stay are never cut, and other groups are not compared with them, since no penalty shrinks them.
/// </remarks>
/// <param name="groups">The number of groups in the layout.</param>
internal sealed class CutRule(int groups)
{
    /// <summary>The share of the largest group's norm below which a group is small.</summary>
    private const float SmallShare = 1e-2f;

    /// <summary>The share of the largest group's norm below which a group is cut at once: it no longer changes the function.</summary>
    private const float NegligibleShare = 1e-4f;

    /// <summary>The least share of its first value that the largest norm counts as.</summary>
    /// <remarks>Groups that shrink together would otherwise never be small.</remarks>
    private const float SmallestReference = 0.1f;

    private const float Margin = 1.25f;
    private const int ConsecutiveChecks = 3;

    // The number of consecutive checks at which the penalty pulled harder than the loss.
    private int[] _shrinkingChecks = new int[groups];
    private float _firstLargest;

    /// <summary>Gives the positions in the present layout of the groups to cut now.</summary>
    /// <param name="layout">The present layout.</param>
    /// <param name="measures">The measures of its groups.</param>
    /// <param name="lambda">λ, at least 0.</param>
    /// <param name="gateDepth">The gate depth D.</param>
    public List<int> Check(GroupLayout layout, in GroupMeasures measures, double lambda, double gateDepth)
    {
        float largest = Largest(layout, measures);
        if (_firstLargest == 0)
        {
            _firstLargest = largest;
        }

        float reference = Math.Max(largest, SmallestReference * _firstLargest);
        var cut = new List<int>();
        for (int j = 0; j < layout.Count; j++)
        {
            if (layout.IsKept(j))
            {
                continue;
            }

            float norm = measures.Norms[j];
            double pull = lambda * layout.Weights[j] * (2 / gateDepth) * Math.Pow(norm, 2 / gateDepth - 1);
            _shrinkingChecks[j] = measures.GradientNorms[j] * Margin < pull ? _shrinkingChecks[j] + 1 : 0;
            bool isCertain = norm < SmallShare * reference && _shrinkingChecks[j] >= ConsecutiveChecks;
            // A norm of exactly 0 has a gradient estimate of 0/0, so that such a group is only cut by the second condition.
            if (isCertain || !(norm > NegligibleShare * reference))
            {
                cut.Add(j);
            }
        }

        return cut;
    }

    /// <summary>Counts the groups that an iteration made small.</summary>
    /// <param name="layout">The present layout.</param>
    /// <param name="after">The measures after the iteration.</param>
    /// <param name="before">The measures before it.</param>
    public static int CountSmall(GroupLayout layout, in GroupMeasures after, in GroupMeasures before)
    {
        float bound = SmallShare * Largest(layout, before);
        int count = 0;
        for (int j = 0; j < layout.Count; j++)
        {
            if (!layout.IsKept(j) && after.Norms[j] < bound && before.Norms[j] >= bound)
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>Adapts to a layout of these positions alone.</summary>
    public void Keep(ReadOnlySpan<int> kept)
    {
        int[] checks = new int[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            checks[i] = _shrinkingChecks[kept[i]];
        }

        _shrinkingChecks = checks;
    }

    // Gives the largest norm among the groups that may leave; NaN if any norm is NaN.
    private static float Largest(GroupLayout layout, in GroupMeasures measures)
    {
        float largest = 0;
        for (int j = 0; j < layout.Count; j++)
        {
            largest = layout.IsKept(j) ? largest : MathF.Max(largest, measures.Norms[j]);
        }

        return largest;
    }
}
