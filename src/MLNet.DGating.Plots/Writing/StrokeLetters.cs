using System.Text;
using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Writing;

/// <summary>The letters of <see cref="StrokeFont"/>, as strokes.</summary>
/// <remarks>
/// The strokes were drawn for this library. Each point is two digits: x from 0 to 4, then y from 0 to 9, where 2 is the baseline, 6 the
/// height of small letters and 8 that of capitals. A space lifts the pen.
/// </remarks>
internal static class StrokeLetters
{
    private const int Baseline = 2;
    private const int WidthOfSpace = 2;

    // A box stands for characters that have no letter.
    private static readonly Letter s_box = Parse("0208484202");

    private static readonly Dictionary<Rune, Letter> s_letters = new Dictionary<char, string>
    {
        ['0'] = "120307183847433212 0347", ['1'] = "072822 0242", ['2'] = "07183847460242", ['3'] = "0718384746354443321203 1535",
        ['4'] = "32380444", ['5'] = "480805354443321203", ['6'] = "38180703123243443505", ['7'] = "084812",
        ['8'] = "15060718384746351504031232434435", ['9'] = "12324347381807061545",
        ['A'] = "022842 1434", ['B'] = "02083847463505 3544433202", ['C'] = "4738180703123243", ['D'] = "02082846442202",
        ['E'] = "48080242 0535", ['F'] = "480802 0535", ['G'] = "47381807031232434525", ['H'] = "0208 4248 0545", ['I'] = "0208",
        ['J'] = "3833221203", ['K'] = "0208 480542", ['L'] = "080242", ['M'] = "0208254842", ['N'] = "02084248",
        ['O'] = "120307183847433212", ['P'] = "02083847463505", ['Q'] = "120307183847433212 2442", ['R'] = "02083847463505 2542",
        ['S'] = "473818070615354443321203", ['T'] = "0848 2822", ['U'] = "080312324348", ['V'] = "082248", ['W'] = "0812263248",
        ['X'] = "0248 0842", ['Y'] = "082548 2522", ['Z'] = "08480242",
        ['a'] = "3632 3526160503122233", ['b'] = "0802 0516263533221203", ['c'] = "3526160503122233", ['d'] = "3832 3526160503122233",
        ['e'] = "04343526160503122233", ['f'] = "28180702 0626", ['g'] = "3631201001 3526160503122233", ['h'] = "0802 0516263532",
        ['i'] = "0206 0808", ['j'] = "161100 1818", ['k'] = "0802 360432", ['l'] = "0802", ['m'] = "0206 05162522 25364542",
        ['n'] = "0206 0516263532", ['o'] = "120305162635332212", ['p'] = "0600 0516263533221203", ['q'] = "3630 3526160503122233",
        ['r'] = "0206 051626", ['s'] = "3616051424332202", ['t'] = "181322 0626", ['u'] = "0603122233 3632", ['v'] = "062246",
        ['w'] = "0612253246", ['x'] = "0236 0632", ['y'] = "0622 4610", ['z'] = "06360232",
        ['.'] = "0202", [','] = "1201", [':'] = "0202 0505", [';'] = "1201 1515", ['!'] = "0804 0202", ['?'] = "07183847462423 2222",
        ['"'] = "0806 1816", ['\''] = "0806", ['('] = "19070311", [')'] = "09171301", ['['] = "19090111", [']'] = "09191101",
        ['{'] = "29181605141221", ['}'] = "09181625141201", ['#'] = "1218 3238 0444 0646", ['$'] = "473818070615354443321203 2921",
        ['%'] = "0248 0708181707 3332424333", ['&'] = "4206071827260403122244", ['*'] = "2723 0644 0446", ['+'] = "2327 0545",
        ['-'] = "0535", ['/'] = "0148", ['\\'] = "0841", ['<'] = "470543", ['>'] = "074503", ['='] = "0444 0646",
        ['@'] = "35251413233335 334347381807031242", ['_'] = "0141", ['^'] = "062846", ['`'] = "0817", ['|'] = "0901",
        ['~'] = "04152435", ['·'] = "0505", ['–'] = "0545", ['—'] = "0545", ['−'] = "0545", ['…'] = "0202 2222 4242",
        ['±'] = "2428 0646 0242", ['×'] = "0336 0633", ['≤'] = "470543 0242", ['≥'] = "074503 0242", ['‖'] = "0901 1911",
        ['²'] = "0919180717", ['λ'] = "081842 2602", ['γ'] = "062346 2320", ['ω'] = "160503122325 2332434536", [' '] = "",
    }.ToDictionary(letter => new Rune(letter.Key), letter => Parse(letter.Value));

    /// <summary>Returns the letter of a character; without the accent where it has one.</summary>
    public static Letter Find(Rune rune)
    {
        if (s_letters.TryGetValue(rune, out Letter? letter))
        {
            return letter;
        }

        Rune plain = rune.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes().First();
        return s_letters.GetValueOrDefault(plain, s_box);
    }

    private static Letter Parse(string strokes)
    {
        Place[][] lines = [.. strokes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Places)];
        return new Letter(lines, lines.Length == 0 ? WidthOfSpace : lines.Max(line => line.Max(place => place.X)));
    }

    private static Place[] Places(string stroke) =>
        [.. stroke.Chunk(2).Select(point => new Place(point[0] - '0', point[1] - '0' - Baseline))];

    /// <summary>A letter: its strokes above the baseline, y up, and its width.</summary>
    internal sealed record Letter(Place[][] Strokes, double Width);
}
