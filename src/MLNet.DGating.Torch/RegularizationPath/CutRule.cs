using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>When a group is gone (docs/theory.md §6).</summary>
/// <remarks>
/// Plain decay reaches zero only asymptotically, so a group is cut once it is small and certified to be dying: the penalty pulls harder
/// than the loss, ‖∇_j L‖ &lt; λ s_j (2/D) ‖w_j‖^(2/D − 1), with margin, at several consecutive checks. For D &gt; 2 the pull only grows as
/// the group shrinks. Groups that always stay are never cut, and nothing is measured by them: nothing shrinks them.
/// </remarks>
internal sealed class CutRule(int groups)
{
    /// <summary>Small: below this share of the largest group's norm.</summary>
    private const float SmallShare = 1e-2f;

    /// <summary>Gone without certificate: below this share nothing of the function is left.</summary>
    private const float NegligibleShare = 1e-4f;

    /// <summary>
    /// The largest norm counts as at least this share of what it was at first, or groups that fade together would never be small.
    /// </summary>
    private const float SmallestReference = 0.1f;

    private const float Margin = 1.25f;
    private const int ConsecutiveChecks = 3;

    private int[] _dyingChecks = new int[groups];
    private float _firstLargest;

    /// <summary>The positions in the present layout that are gone now.</summary>
    public List<int> Check(GroupLayout layout, in GroupMeasures measures, double lambda, double gateDepth)
    {
        float largest = Largest(layout, measures);
        if (_firstLargest == 0)
        {
            _firstLargest = largest;
        }

        float reference = Math.Max(largest, SmallestReference * _firstLargest);
        var gone = new List<int>();
        for (int j = 0; j < layout.Count; j++)
        {
            if (layout.IsKept(j))
            {
                continue;
            }

            float norm = measures.Norms[j];
            double pull = lambda * layout.Weights[j] * (2 / gateDepth) * Math.Pow(norm, 2 / gateDepth - 1);
            _dyingChecks[j] = measures.GradientNorms[j] * Margin < pull ? _dyingChecks[j] + 1 : 0;
            bool certified = norm < SmallShare * reference && _dyingChecks[j] >= ConsecutiveChecks;
            // Not "norm <= …": a norm of exactly 0 has a gradient estimate of 0/0.
            if (certified || !(norm > NegligibleShare * reference))
            {
                gone.Add(j);
            }
        }

        return gone;
    }

    /// <summary>How many groups an iteration made small.</summary>
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

    /// <summary>Follows a change of layout to these positions.</summary>
    public void Keep(ReadOnlySpan<int> kept)
    {
        var checks = new int[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            checks[i] = _dyingChecks[kept[i]];
        }

        _dyingChecks = checks;
    }

    // The largest norm among groups that may leave; NaN if one is.
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
