using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Resumption;

/// <summary>Takes values in a fixed order, or gives them back in it, so that one method saves and restores a state.</summary>
internal sealed class StateExchange
{
    private readonly MemoryStream? _written;
    private ReadOnlyMemory<byte> _rest;

    private StateExchange(MemoryStream? written, ReadOnlyMemory<byte> rest) => (_written, _rest) = (written, rest);

    /// <summary>Gives the state of an object as bytes.</summary>
    public static byte[] Save(IResumable source)
    {
        var written = new MemoryStream();
        source.Exchange(new StateExchange(written, default));
        return written.ToArray();
    }

    /// <summary>Sets the state of an object to saved bytes.</summary>
    /// <exception cref="FormatException">The bytes are those of an object of another size.</exception>
    public static void Restore(IResumable target, ReadOnlyMemory<byte> saved)
    {
        var state = new StateExchange(null, saved);
        target.Exchange(state);
        if (!state._rest.IsEmpty)
        {
            throw new FormatException($"The saved state has {state._rest.Length} bytes too many.");
        }
    }

    /// <summary>Exchanges some numbers.</summary>
    /// <exception cref="FormatException">So many were not written.</exception>
    public void Values<T>(Span<T> values)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        if (_written is not null)
        {
            _written.Write(bytes);
            return;
        }

        if (_rest.Length < bytes.Length)
        {
            throw new FormatException($"The saved state ends {bytes.Length - _rest.Length} bytes too early.");
        }

        _rest.Span[..bytes.Length].CopyTo(bytes);
        _rest = _rest[bytes.Length..];
    }

    /// <summary>Exchanges one number.</summary>
    public void Value<T>(ref T value)
        where T : unmanaged => Values(new Span<T>(ref value));
}
