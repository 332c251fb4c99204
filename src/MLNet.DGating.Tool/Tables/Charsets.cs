using System.Text;
using MLNet.DGating.Tool.Errors;
using UtfUnknown;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The encodings of text: those that are named, and that of a file.</summary>
/// <remarks>Text that is valid UTF-8 is UTF-8. Other text is guessed; whatever is guessed, no byte is replaced silently.</remarks>
internal static class Charsets
{
    public const string Utf8 = "utf-8";

    // The code page of Windows in the Americas and Western Europe; it has all letters of ISO 8859-1.
    private const string Western = "windows-1252";
    private const float SureEnough = 0.5f;

    private static readonly (byte[] Mark, string Charset)[] s_marks =
        [([0xEF, 0xBB, 0xBF], Utf8), ([0xFF, 0xFE], "utf-16"), ([0xFE, 0xFF], "utf-16BE")];

    static Charsets() => System.Text.Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Returns an encoding that throws where bytes or characters have no meaning.</summary>
    /// <exception cref="ToolException">There is no encoding of that name.</exception>
    public static Encoding Encoding(string charset, bool hasMark)
    {
        try
        {
            return charset == Utf8
                ? new UTF8Encoding(hasMark, throwOnInvalidBytes: true)
                : System.Text.Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException fault)
        {
            throw new ToolException(ExitCode.Usage,
                $"--charset '{charset}' is not known: give a name such as utf-8, windows-1252, windows-1251 or shift_jis.", fault);
        }
    }

    /// <summary>Reads a file to its end and returns the encoding of its text.</summary>
    /// <param name="path">The file, which may be gzipped.</param>
    /// <param name="given">The encoding that the user gives; null: detected.</param>
    /// <exception cref="ToolException">The file is damaged, or is not in the encoding that is given.</exception>
    public static (string Charset, bool HasMark) Detect(string path, string? given)
    {
        (string? marked, bool hasMark) = Marked(path);
        string charset = given is null ? marked ?? Utf8 : Encoding(given, false).WebName;
        hasMark &= charset == marked;
        if (FirstInvalid(path, charset, hasMark) is not { } position)
        {
            return (charset, hasMark);
        }

        if (given is not null)
        {
            throw ToolException.Input(
                $"'{path}' is not in {given}, from byte {position} on: name its encoding with --charset, or leave that out.");
        }

        return (Guess(path), false);
    }

    private static (string? Charset, bool HasMark) Marked(string path)
    {
        using Stream file = new UnpackedFile(path);
        byte[] beginning = new byte[3];
        int length = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        string? charset = s_marks.FirstOrDefault(mark => beginning.AsSpan(0, length).StartsWith(mark.Mark)).Charset;
        return (charset, charset is not null);
    }

    // Returns the position near the first bytes that are not in an encoding; null where all are.
    private static long? FirstInvalid(string path, string charset, bool hasMark)
    {
        using Stream file = new UnpackedFile(path);
        Decoder decoder = Encoding(charset, hasMark).GetDecoder();
        byte[] bytes = new byte[1 << 16];
        char[] characters = new char[bytes.Length + 1];
        for (long position = 0; ;)
        {
            int length = file.Read(bytes);
            try
            {
                decoder.GetChars(bytes, 0, length, characters, 0, flush: length == 0);
            }
            catch (DecoderFallbackException fault)
            {
                return Math.Max(0, position + fault.Index);
            }

            if (length == 0)
            {
                return null;
            }

            position += length;
        }
    }

    // Many code pages of one byte share letters with the Western one: where all that occur are shared, that is the likelier.
    private static bool IsWesternAsWell(string path, string charset)
    {
        Encoding guessed = Encoding(charset, false);
        if (!guessed.IsSingleByte || FirstInvalid(path, Western, false) is not null)
        {
            return false;
        }

        using Stream file = new UnpackedFile(path);
        Encoding western = Encoding(Western, false);
        byte[] bytes = new byte[1 << 16];
        for (int length = file.Read(bytes); length > 0; length = file.Read(bytes))
        {
            if (western.GetString(bytes, 0, length) != guessed.GetString(bytes, 0, length))
            {
                return false;
            }
        }

        return true;
    }

    private static string Guess(string path)
    {
        using Stream file = new UnpackedFile(path);
        DetectionDetail? best = CharsetDetector.DetectFromStream(file).Detected;
        if (best is null || best.Confidence < SureEnough || best.Encoding is null || best.Encoding.WebName is "iso-8859-1" or "us-ascii")
        {
            return Western;
        }

        string charset = best.Encoding.WebName;
        return FirstInvalid(path, charset, false) is not null || IsWesternAsWell(path, charset) ? Western : charset;
    }
}
