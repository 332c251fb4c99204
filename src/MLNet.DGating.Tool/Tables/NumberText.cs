using System.Buffers;
using System.Globalization;

namespace MLNet.DGating.Tool.Tables;

/// <summary>Numbers as programs and as people write them.</summary>
internal static class NumberText
{
    private const int MaximumLength = 64, GroupLength = 3;

    private static readonly SearchValues<char> s_currencies = SearchValues.Create("$€£¥₹₽₩₺₴₫₪฿");
    private static readonly string[] s_codes =
    [
        "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "BRL", "MXN", "ZAR",
        "TRY", "RUB", "kr", "zł", "Kč", "Ft", "R", "Fr.",
    ];

    /// <summary>Tells whether a cell is a number in any style.</summary>
    public static bool IsNumber(string cell) => TryParse(cell, NumberStyle.Point, out _) || TryParse(cell, NumberStyle.Comma, out _);

    /// <summary>Reads a number.</summary>
    /// <returns>Whether the cell is a finite number in the style.</returns>
    public static bool TryParse(ReadOnlySpan<char> cell, NumberStyle style, out double number)
    {
        // Every number of programs is one with a decimal point; with a decimal comma it must have no point.
        if ((style != NumberStyle.Comma || !cell.Contains('.'))
            && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return double.IsFinite(number);
        }

        number = double.NaN;
        return style != NumberStyle.Plain && cell.ContainsAnyInRange('0', '9') && !IsPointOfDecimals(cell, style)
            && TryParseWritten(cell.Trim(), style == NumberStyle.Comma, out number);
    }

    // Where the comma is decimal, a last point that is not followed by three characters parts no thousands.
    private static bool IsPointOfDecimals(ReadOnlySpan<char> cell, NumberStyle style)
    {
        int point = style == NumberStyle.Comma && !cell.Contains(',') ? cell.LastIndexOf('.') : -1;
        return point >= 0 && char.IsAsciiDigit(cell[^1]) && cell.Length - point != GroupLength + 1;
    }

    private static bool TryParseWritten(ReadOnlySpan<char> text, bool isComma, out double number)
    {
        number = double.NaN;
        bool isNegative = false;
        if (text is ['(', .. var inner, ')'])
        {
            text = inner.Trim();
            isNegative = true;
        }

        text = WithoutSign(text, ref isNegative);
        text = WithoutUnit(text);
        text = WithoutSign(text, ref isNegative);
        Span<char> plain = stackalloc char[MaximumLength];
        if (text.IsEmpty || text.Length > MaximumLength || !Grouped(text, isComma, plain, out int length))
        {
            return false;
        }

        bool isNumber = double.TryParse(plain[..length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        number = isNegative ? -number : number;
        return isNumber;
    }

    // Copies digits and the decimal mark. Groups between separators of thousands must have three digits, the first one to three.
    private static bool Grouped(ReadOnlySpan<char> text, bool isComma, Span<char> plain, out int length)
    {
        length = 0;
        char decimalMark = isComma ? ',' : '.', group = '\0';
        int mark = text.IndexOf(decimalMark), digits = 0, end = mark < 0 ? text.IndexOfAny('e', 'E') : mark;
        end = end < 0 ? text.Length : end;
        for (int i = 0; i < end; i++)
        {
            char character = text[i];
            if (char.IsAsciiDigit(character))
            {
                plain[length++] = character;
                digits++;
                continue;
            }

            bool isGroup = character is ' ' or '\u00A0' or '\u202F' or '\'' or '’' || character == (isComma ? '.' : ',');
            if (!isGroup || (group != '\0' && (group != character || digits != GroupLength)) || digits is 0 or > GroupLength)
            {
                return false;
            }

            (group, digits) = (character, 0);
        }

        if (group != '\0' && digits != GroupLength)
        {
            return false;
        }

        for (int i = end; i < text.Length; i++)
        {
            plain[length++] = text[i] == decimalMark ? '.' : text[i];
        }

        return !plain[..length].Contains(' ') && plain[..length].ContainsAnyInRange('0', '9');
    }

    private static ReadOnlySpan<char> WithoutSign(ReadOnlySpan<char> text, scoped ref bool isNegative)
    {
        if (text is ['-' or '\u2212' or '+', ..])
        {
            isNegative ^= text[0] != '+';
            return text[1..].TrimStart();
        }

        return text;
    }

    private static ReadOnlySpan<char> WithoutUnit(ReadOnlySpan<char> text)
    {
        if (text.EndsWith('%'))
        {
            return text[..^1].TrimEnd();
        }

        foreach (string code in s_codes)
        {
            if (text.Length > code.Length && text.StartsWith(code, StringComparison.OrdinalIgnoreCase))
            {
                text = text[code.Length..].TrimStart();
            }
            else if (text.Length > code.Length && text.EndsWith(code, StringComparison.OrdinalIgnoreCase))
            {
                return text[..^code.Length].TrimEnd();
            }
        }

        return text.IsEmpty ? text
            : s_currencies.Contains(text[0]) ? text[1..].TrimStart()
            : s_currencies.Contains(text[^1]) ? text[..^1].TrimEnd()
            : text;
    }
}
