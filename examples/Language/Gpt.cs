using MLNet.DGating.Modules;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Language;

/// <summary>Says how large a network is and how long it is trained.</summary>
/// <param name="Layers">The blocks.</param>
/// <param name="Heads">The heads of each block.</param>
/// <param name="Width">The numbers of a position.</param>
/// <param name="Length">The characters that are read at once.</param>
/// <param name="Batch">The sequences of a step.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Dropout">The share of numbers set to zero in training.</param>
/// <param name="StepSize">The largest step size of Adam.</param>
internal sealed record Size(int Layers, int Heads, int Width, int Length, int Batch, int Steps, double Dropout, double StepSize)
{
    public static Size Of(string name) => name switch
    {
        "test" => new(2, 4, 32, 32, 8, 150, 0, 6e-3),
        "paper" => new(6, 12, 384, 256, 64, 3000, 0.2, 1e-3),
        _ => new(3, 8, 64, 64, 12, 400, 0, 3e-3),
    };
}

/// <summary>A transformer that predicts the next character.</summary>
internal sealed class Gpt : Module<Tensor, Tensor>, IWired
{
    private readonly Embedding tokens;
    private readonly Embedding positions;
    private readonly Sequential blocks;
    private readonly LayerNorm norm;
    private readonly Linear head;

    public Gpt(int characters, Size size)
        : base(nameof(Gpt))
    {
        tokens = Embedding(characters, size.Width);
        positions = Embedding(size.Length, size.Width);
        blocks = Sequential([.. Enumerable.Range(0, size.Layers).Select(
            i => ($"{i}", (Module<Tensor, Tensor>)new TransformerBlock(size.Width, size.Heads, dropout: size.Dropout)))]);
        norm = LayerNorm(size.Width);
        head = Linear(size.Width, characters, hasBias: false);
        RegisterComponents();
        using IDisposable noGradient = no_grad();
        foreach ((string name, Parameter parameter) in named_parameters())
        {
            if (parameter.ndim == 2)
            {
                // What is added to the stream of positions is small at first (Radford and others 2019).
                bool isAdded = name.EndsWith("output.weight", StringComparison.Ordinal)
                    || name.EndsWith("down.weight", StringComparison.Ordinal);
                init.normal_(parameter, 0, 0.02 / (isAdded ? Math.Sqrt(2 * size.Layers) : 1));
            }
        }
    }

    /// <summary>The names of the value matrices, one for each block.</summary>
    public IEnumerable<string> Values =>
        named_parameters().Select(each => each.name).Where(name => name.EndsWith("value.weight", StringComparison.Ordinal));

    public IEnumerable<int> Heads => modules().OfType<SelfAttention>().Select(attention => attention.Heads);

    /// <param name="input">The numbers of characters [batch, length].</param>
    /// <returns>A score for each character that may come next [batch, length, characters].</returns>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor stream = tokens.call(input) + positions.call(arange(input.shape[1], int64, input.device));
        return head.call(norm.call(blocks.call(stream))).MoveToOuterDisposeScope();
    }

    /// <summary>The width of the stream is fixed; heads and neurons of the blocks are not.</summary>
    public Channels? Wire(ModuleWiring wiring, string name, Channels? input)
    {
        wiring.Pass(ModuleWiring.Join(name, nameof(blocks)), null);
        return null;
    }
}
