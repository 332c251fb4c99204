using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.DGating.Modules;

/// <summary>Attention of the positions of a sequence to each other, with heads that can be gated and removed.</summary>
/// <remarks>
/// The projections are four linear layers without bias: <c>query</c>, <c>key</c>, <c>value</c> and <c>output</c>. Gate the rows of
/// the values by head: <c>gates.Gate("….value.weight", Groups.Heads(heads))</c>. Without any head the output is zero.
/// </remarks>
public sealed class SelfAttention : Module<Tensor, Tensor>, IWired
{
    internal const string ValueName = nameof(value);

    private readonly Linear query;
    private readonly Linear key;
    private readonly Linear value;
    private readonly Linear output;
    private readonly int _headSize;
    private readonly bool _isCausal;
    private readonly double _dropout;

    /// <summary>Creates an attention.</summary>
    /// <param name="width">The numbers of a position, at least 1.</param>
    /// <param name="heads">The number of heads, which divides the width.</param>
    /// <param name="isCausal">Whether a position reads only itself and those before it. The default is true.</param>
    /// <param name="dropout">The share of attention weights set to zero in training, from 0 to 1. The default is 0.</param>
    public SelfAttention(int width, int heads, bool isCausal = true, double dropout = 0)
        : base(nameof(SelfAttention))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        if (width % heads != 0)
        {
            throw new ArgumentException($"The width {width} is not a multiple of {heads} heads. Take a number of heads that divides it.");
        }

        (_headSize, _isCausal, _dropout) = (width / heads, isCausal, dropout);
        query = Linear(width, width, hasBias: false);
        key = Linear(width, width, hasBias: false);
        value = Linear(width, width, hasBias: false);
        output = Linear(width, width, hasBias: false);
        RegisterComponents();
    }

    /// <summary>The number of heads, which a compaction lowers.</summary>
    public int Heads => (int)(value.weight.shape[0] / _headSize);

    /// <param name="input">The sequences [batch, length, width].</param>
    /// <returns>The sequences that their positions made of each other [batch, length, width].</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using DisposeScope scope = NewDisposeScope();
        if (Heads == 0)
        {
            return zeros_like(input).MoveToOuterDisposeScope();
        }

        Tensor mixed = functional.scaled_dot_product_attention(
            InHeads(query.call(input)), InHeads(key.call(input)), InHeads(value.call(input)),
            p: training ? _dropout : 0, is_casual: _isCausal);
        Tensor joined = mixed.transpose(1, 2).contiguous().view(input.shape[0], input.shape[1], Heads * _headSize);
        return output.call(joined).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Channels? Wire(ModuleWiring wiring, string name, Channels? input)
    {
        ArgumentNullException.ThrowIfNull(wiring);
        string Layer(string layer) => ModuleWiring.Join(name, layer);
        wiring.Keep(input, $"attention in '{name}' reads them by its scores too");
        if (Heads > 0)
        {
            wiring.Heads(
                Layer(nameof(query)), Layer(nameof(key)), Layer(nameof(value)), Layer(nameof(output)), Heads, mayVanish: true);
        }

        return null;
    }

    /// <summary>Counts the operations between positions: scores, and the sums they weigh.</summary>
    internal double Flops(Tensor input) => 4.0 * input.shape[0] * input.shape[1] * input.shape[1] * Heads * _headSize;

    private Tensor InHeads(Tensor values) => values.view(values.shape[0], values.shape[1], -1, _headSize).transpose(1, 2);
}
