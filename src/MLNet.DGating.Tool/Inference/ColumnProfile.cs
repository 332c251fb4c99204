using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Inference;

/// <summary>The facts about a column, collected cell by cell in bounded memory.</summary>
internal sealed class ColumnProfile
{
    /// <summary>The number of different words that are kept and counted.</summary>
    public const int MaximumDistinct = 100_000;

    /// <summary>The number of different numbers that are kept and counted in a column of numbers.</summary>
    public const int MaximumNumbers = 1000;

    private const int MaximumOthers = 1000, SpacesOfASentence = 2;

    private readonly Dictionary<string, long> _words = [], _notNumbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup, _notNumbersLookup;
    private readonly ReadingHints _hints;
    private readonly NumberTally _plain = new(), _comma = new();
    private readonly long[] _dates = new long[2];
    private NumberTally? _point; // null while all numbers with a decimal point are plain
    private long _sentences, _codes;
    private bool _boolean = true;
    private ColumnReading? _reading;

    public ColumnProfile(string name, int index, ReadingHints? hints = null)
    {
        Name = name;
        Index = index;
        _hints = hints ?? ReadingHints.None;
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _notNumbersLookup = _notNumbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Name { get; }

    /// <summary>The position in the file.</summary>
    public int Index { get; }

    public long Rows { get; private set; }

    /// <summary>The number of cells that are empty, or have a word that stands for a missing value in every column.</summary>
    public long Missing { get; private set; }

    /// <summary>The number of rows of each word that is kept. Missing cells are no words.</summary>
    public ReadOnlyDictionary<string, long> Words => _words.AsReadOnly();

    /// <summary>Tells whether there are more different words than are kept.</summary>
    public bool HasManyWords { get; private set; }

    /// <summary>The number of rows that repeat a word which is kept.</summary>
    public long Repeats { get; private set; }

    /// <summary>Whether all words are those of a Boolean.</summary>
    public bool IsBoolean => _boolean && !HasManyWords;

    /// <summary>Whether numbers begin with zeros that no program writes, as those of postal codes do.</summary>
    public bool HasCodes => _codes > 0;

    /// <summary>Whether most cells are several words, as in a sentence.</summary>
    public bool IsSentences => 2 * _sentences > Rows - Missing;

    /// <summary>The words that are numbers in no style, with their rows; not all where they are very many.</summary>
    public IReadOnlyDictionary<string, long> NotNumbers => _notNumbers;

    /// <summary>The kind of the cells, and how they are read.</summary>
    public ColumnReading Reading => _reading ??= ColumnReading.Of(this, _hints);

    public ColumnKind Kind => Reading.Kind;

    /// <summary>The numbers of a style.</summary>
    public NumberTally Numbers(NumberStyle style) => style switch
    {
        NumberStyle.Plain => _plain,
        NumberStyle.Point => _point ?? _plain,
        _ => _comma,
    };

    /// <summary>The number of cells that are dates in an order.</summary>
    public long Dates(DateOrder order) => _dates[(int)order];

    public void Add(ReadOnlySpan<char> cell)
    {
        Rows++;
        ReadOnlySpan<char> text = cell.Trim();
        if (IsMissing(text))
        {
            Missing++;
            return;
        }

        _codes += IsCode(text) ? 1 : 0;
        _boolean = _boolean && CellText.IsBoolean(text);
        if (!AddNumber(text))
        {
            _dates[(int)DateOrder.MonthFirst] += DateText.TryParse(text, DateOrder.MonthFirst, out _) ? 1 : 0;
            _dates[(int)DateOrder.DayFirst] += DateText.TryParse(text, DateOrder.DayFirst, out _) ? 1 : 0;
            _sentences += IsSentence(text) ? 1 : 0;
            Count(_notNumbers, _notNumbersLookup, text, MaximumOthers);
        }

        int maximum = _notNumbers.Count == 0 ? MaximumNumbers : MaximumDistinct;
        (bool isKnown, bool isKept) = Count(_words, _lookup, text, maximum);
        Repeats += isKnown ? 1 : 0;
        HasManyWords |= !isKept;
    }

    private static (bool IsKnown, bool IsKept) Count(
        Dictionary<string, long> words, Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> lookup, ReadOnlySpan<char> word,
        int maximum)
    {
        ref long count = ref CollectionsMarshal.GetValueRefOrNullRef(lookup, word);
        if (!Unsafe.IsNullRef(ref count))
        {
            count++;
            return (true, true);
        }

        if (words.Count >= maximum)
        {
            return (false, false);
        }

        lookup[word] = 1;
        return (false, true);
    }

    // A phone number has spaces too.
    private static bool IsSentence(ReadOnlySpan<char> text)
    {
        int letters = 0;
        foreach (char character in text)
        {
            letters += char.IsLetter(character) ? 1 : 0;
        }

        return text.Count(' ') >= SpacesOfASentence && 2 * letters > text.Length;
    }

    // 01234 is a postal code or an article.
    private static bool IsCode(ReadOnlySpan<char> text) =>
        text.Length > 1 && text[0] == '0' && !text.ContainsAnyExceptInRange('0', '9');

    // A number of programs is one with a decimal point too, and without a point one with a decimal comma.
    private bool AddNumber(ReadOnlySpan<char> text)
    {
        bool isPlain = NumberText.TryParse(text, NumberStyle.Plain, out double number);
        if (isPlain)
        {
            _plain.Add(number);
            _point?.Add(number);
        }

        bool isPoint = isPlain;
        if (!isPlain && NumberText.TryParse(text, NumberStyle.Point, out double withPoint))
        {
            isPoint = true;
            _point ??= _plain.Copy();
            _point.Add(withPoint);
        }

        double withComma = number;
        bool isComma = (isPlain && !text.Contains('.')) || NumberText.TryParse(text, NumberStyle.Comma, out withComma);
        if (isComma)
        {
            _comma.Add(withComma);
        }

        return isPoint || isComma;
    }

    private bool IsMissing(ReadOnlySpan<char> text) => text.IsEmpty || Contains(_hints.Missing, text)
        || (!char.IsAsciiDigit(text[0]) && CellText.IsMissing(text) && !Contains(_hints.NotMissing, text)
            && (Name != _hints.Label || !CellText.IsClass(text)));

    private static bool Contains(IReadOnlyList<string> words, ReadOnlySpan<char> text)
    {
        foreach (string word in words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
