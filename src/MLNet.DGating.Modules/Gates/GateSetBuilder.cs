using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Gates;

/// <summary>Checks what is to be gated, and registers ω, γ and the mask with the gates.</summary>
internal static class GateSetBuilder
{
    public static GateSet Build(
        ModuleGates owner, Module module, IReadOnlyList<(string Parameter, Groups Groups)> parameters, double depth, double weight)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parameters.Count, nameof(parameters));
        Check(depth, weight);
        GatedPart[] parts = [.. parameters.Select(each => Part(module, each.Parameter, each.Groups))];
        if (parts.FirstOrDefault(part => part.Groups != parts[0].Groups) is { } other)
        {
            throw new ArgumentException(
                $"Parameters with common gates need the same number of groups, but '{parts[0].Name}' has {parts[0].Groups} and "
                + $"'{other.Name}' has {other.Groups}.", nameof(parameters));
        }

        Mark(parts);
        var set = new GateSet(owner, parts, depth, weight);
        Register(owner, set);
        return set;
    }

    private static void Check(double depth, double weight)
    {
        if (!(depth >= 2 && double.IsFinite(depth)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(depth), depth, "The gate depth D must be a number of at least 2. Leave the parameter ungated for a plain weight.");
        }

        if (!(weight > 0 && double.IsFinite(weight)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(weight), weight, "The weight of groups in the penalty must be above 0. Leave the parameter ungated for none.");
        }
    }

    private static GatedPart Part(Module module, string parameter, Groups groups)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(groups);
        (Module holder, string local) = ModuleNames.OwnerOf(module, parameter);
        Parameter w = holder.get_parameter(local)!;
        return w.requires_grad
            ? new GatedPart(parameter, holder, local, groups.Assign(parameter, w.shape, holder))
            : throw new ArgumentException(
                $"Parameter '{parameter}' is frozen (requires_grad is false), so that a gate could learn nothing. "
                + "Set requires_grad first.");
    }

    private static void Mark(GatedPart[] parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (!GatedMarks.Add(parts[i].Owner, parts[i].Local))
            {
                foreach (GatedPart marked in parts.Take(i))
                {
                    GatedMarks.Remove(marked.Owner, marked.Local);
                }

                throw new ArgumentException(
                    $"Parameter '{parts[i].Name}' is gated already. Collapse or dispose of the gates that it has first.");
            }
        }
    }

    private static void Register(ModuleGates owner, GateSet set)
    {
        using IDisposable noGradient = no_grad();
        foreach (GatedPart part in set.Parts)
        {
            owner.register_parameter(GateSet.PrimaryName(part.Name), Parameter(part.Weight.detach().clone()));
        }

        Parameter w = set.Parts[0].Weight;
        owner.register_parameter(GateSet.GateName(set.Name), Parameter(ones(set.Count, w.dtype, w.device)));
        owner.register_buffer(GateSet.AliveName(set.Name), ones(set.Count, w.dtype, w.device).DetachFromDisposeScope());
    }

    private static Parameter Parameter(Tensor value) => (Parameter)new Parameter(value).DetachFromDisposeScope();
}
