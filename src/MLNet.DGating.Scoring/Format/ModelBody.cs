using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Writes what a saved model holds with a checksum behind it, and opens it again.</summary>
/// <remarks>
/// The checksum finds damage, not malice: whoever changes the bytes on purpose can change it too. What is read is checked all the same.
/// </remarks>
internal static class ModelBody
{
    // *** Binary format ***
    // long: n, the number of bytes of the content
    // byte[n]: the content
    // byte[32]: the SHA-256 of the content
    public static void Write(BinaryWriter writer, Action<BinaryWriter> writeContent)
    {
        var content = new MemoryStream();
        using (var contentWriter = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writeContent(contentWriter);
        }

        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        writer.Write(content.Length);
        writer.Write(bytes);
        writer.Write(SHA256.HashData(bytes));
    }

    /// <summary>Opens the content, whose checksum is compared before anything of it is read.</summary>
    /// <exception cref="FormatException">The content is damaged or cut off.</exception>
    public static CheckedReader Open(IExceptionContext context, BinaryReader reader, long end)
    {
        var file = new CheckedReader(context, reader, end);
        byte[] content = file.ReadBytes(file.ReadLong("the length of the content"), "the content");
        byte[] checksum = file.ReadBytes(SHA256.HashSizeInBytes, "the checksum");
        file.CheckEnd();
        file.Check(
            SHA256.HashData(content).AsSpan().SequenceEqual(checksum),
            "The model is damaged: its checksum is not that of its content. Copy the file again, or save the model again.");
        return new CheckedReader(context, new BinaryReader(new MemoryStream(content)), content.Length);
    }

    /// <summary>Opens the content of a model of any version; older ones had no checksum, which is said.</summary>
    /// <exception cref="FormatException">The content is damaged or cut off.</exception>
    public static CheckedReader Open(IHost host, ModelLoadContext ctx, uint checkedSince)
    {
        long end = ctx.FpMin + ctx.Header.FpModel + ctx.Header.CbModel;
        if (ctx.Header.ModelVerWritten >= checkedSince)
        {
            return Open(host, ctx.Reader, end);
        }

        using IChannel channel = host.Start("Load");
        channel.Warning("The model was saved by a version without checksums, so damage is not always found. Save it again to add one.");
        return new CheckedReader(host, ctx.Reader, end);
    }
}
