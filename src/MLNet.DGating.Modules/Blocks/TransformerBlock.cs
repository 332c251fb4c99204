using MLNet.DGating.Modules.Gates;
using MLNet.DGating.Modules.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.DGating.Modules;

/// <summary>A block of a transformer, normalized before its parts: x + attention(norm1(x)), then x + down(gelu(up(norm2(x)))).</summary>
/// <remarks>Heads and the neurons between <c>up</c> and <c>down</c> can be removed; the width of the sequence stays.</remarks>
public sealed class TransformerBlock : Module<Tensor, Tensor>, IWired
{
    private readonly LayerNorm norm1;
    private readonly SelfAttention attention;
    private readonly LayerNorm norm2;
    private readonly Linear up;
    private readonly Linear down;
    private readonly Dropout drop;

    /// <summary>Creates a block.</summary>
    /// <param name="width">The numbers of a position, at least 1.</param>
    /// <param name="heads">The number of heads, which divides the width.</param>
    /// <param name="neurons">The neurons between the two linear layers. Null: four times the width.</param>
    /// <param name="isCausal">Whether a position reads only itself and those before it. The default is true.</param>
    /// <param name="dropout">The share of numbers set to zero in training, from 0 to 1. The default is 0.</param>
    public TransformerBlock(int width, int heads, int? neurons = null, bool isCausal = true, double dropout = 0)
        : base(nameof(TransformerBlock))
    {
        norm1 = LayerNorm(width);
        attention = new SelfAttention(width, heads, isCausal, dropout);
        norm2 = LayerNorm(width);
        up = Linear(width, neurons ?? 4 * width);
        down = Linear(neurons ?? 4 * width, width);
        drop = Dropout(dropout);
        RegisterComponents();
    }

    /// <summary>The number of heads, which a compaction lowers.</summary>
    public int Heads => attention.Heads;

    /// <param name="input">The sequences [batch, length, width].</param>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using DisposeScope scope = NewDisposeScope();
        Tensor mixed = Heads == 0 ? input : input.add(drop.call(attention.call(norm1.call(input))), Scalars.One);
        Tensor inner = functional.gelu(up.call(norm2.call(mixed)));
        return mixed.add(drop.call(down.call(inner)), Scalars.One).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Channels? Wire(ModuleWiring wiring, string name, Channels? input)
    {
        ArgumentNullException.ThrowIfNull(wiring);
        string Layer(string layer) => ModuleWiring.Join(name, layer);
        wiring.Keep(input, LayerTensors.MixesAll(Layer(nameof(norm1)), norm1));
        wiring.Pass(Layer(nameof(attention)), null);
        wiring.Feeds(Layer(nameof(up)), Layer(nameof(down)));
        return null;
    }
}
