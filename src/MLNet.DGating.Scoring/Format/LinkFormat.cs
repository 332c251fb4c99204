using MLNet.DGating.Model;

namespace MLNet.DGating;

/// <summary>Writes and reads the link of a regression.</summary>
internal static class LinkFormat
{
    // *** Binary format *** (since FormatVersion.WithEncodings; before, the link is the identity)
    // byte: 0 for the identity, 3 for e^score − c
    // float: c, at least 0; only with 3
    public static void Write(BinaryWriter writer, InverseLink link)
    {
        if (link is ExponentialLink exponential)
        {
            writer.Write((byte)Link.Exponential);
            writer.Write(exponential.Offset);
        }
        else
        {
            writer.Write((byte)Link.Identity);
        }
    }

    public static InverseLink Read(CheckedReader reader)
    {
        var link = (Link)reader.ReadByte((byte)Link.Exponential, "the link");
        reader.Check(
            link is Link.Identity or Link.Exponential,
            $"The model is damaged: the link of a regression is {link}, not Identity or Exponential.");
        if (link == Link.Identity)
        {
            return IdentityLink.Instance;
        }

        float offset = reader.ReadFloat("the offset of the link");
        reader.Check(offset >= 0 && float.IsFinite(offset), $"The model is damaged: the offset of the link is {offset}, not at least 0.");
        return new ExponentialLink(offset);
    }
}
