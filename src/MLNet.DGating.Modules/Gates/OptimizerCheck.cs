using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace MLNet.DGating.Modules.Gates;

/// <summary>Checks that an optimizer trains the gates, and trains them right.</summary>
internal static class OptimizerCheck
{
    /// <exception cref="InvalidOperationException">The optimizer does not train what it should.</exception>
    /// <exception cref="NotSupportedException">The optimizer decays gated parameters apart from the gradient.</exception>
    public static void Run(Optimizer optimizer, IReadOnlyList<GateSet> sets)
    {
        ParamGroup[] groups = [.. optimizer.ParamGroups?.OfType<ParamGroup>() ?? []];
        Dictionary<nint, ParamGroup> trained = [];
        foreach (ParamGroup group in groups)
        {
            foreach (Parameter parameter in group.Parameters)
            {
                trained[parameter.Handle] = group;
            }
        }

        foreach (GateSet set in sets)
        {
            CheckTrained(trained, set.Gates, GateSet.GateName(set.Name));
            foreach (GatedPart part in set.Parts)
            {
                CheckTrained(trained, set.Primary(part), GateSet.PrimaryName(part.Name));
                if (trained.ContainsKey(part.Weight.Handle))
                {
                    throw new InvalidOperationException(
                        $"The optimizer trains '{part.Name}' itself, which is gated: its step would be written over. "
                        + "Give the optimizer gates.Trainable in place of module.parameters().");
                }
            }
        }
    }

    private static void CheckTrained(Dictionary<nint, ParamGroup> trained, Parameter parameter, string name)
    {
        if (!trained.TryGetValue(parameter.Handle, out ParamGroup? group))
        {
            throw new InvalidOperationException(
                $"The optimizer does not train '{name}'. Make it from gates.Trainable, or from gates.Factors and gates.Ungated, "
                + "after the last Gate and after the gates moved to their device.");
        }

        if (group.Options is AdamW.Options { weight_decay: > 0 } options)
        {
            throw new NotSupportedException(
                $"AdamW's weight_decay must be 0 for '{name}', but was {options.weight_decay}. Decay apart from the gradient is "
                + "not divided by Adam's scale as the gradient is, so gates and weights would not balance, and the penalty would be no "
                + "norm of the groups. Give gates.Factors a parameter group of their own with weight_decay 0, and λ to Step.");
        }
    }
}
