using System.Collections.ObjectModel;

namespace MLNet.DGating.Tool.Input;

/// <summary>What is learnt about a column while its cells pass by: bounded memory, however many there are.</summary>
internal sealed class ColumnProfile
{
    /// <summary>Different words that are kept and counted; of more it is only known that there are more.</summary>
    public const int MaximumDistinct = 1000;

    private readonly Dictionary<string, long> _words = [];
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private bool _numeric = true, _boolean = true, _date = true;

    public ColumnProfile(string name, int index)
    {
        Name = name;
        Index = index;
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Name { get; }

    /// <summary>Position in the file.</summary>
    public int Index { get; }

    public long Rows { get; private set; }

    public long Missing { get; private set; }

    /// <summary>Rows of each different word that is not missing, as long as there are not too many.</summary>
    public ReadOnlyDictionary<string, long> Words => _words.AsReadOnly();

    /// <summary>Whether there are more different words than were kept.</summary>
    public bool HasManyWords { get; private set; }

    public ColumnKind Kind => Rows == Missing ? ColumnKind.Empty
        : _boolean && !HasManyWords ? ColumnKind.Boolean
        : _numeric ? ColumnKind.Numeric
        : _date ? ColumnKind.Date
        : IsRepetitive ? ColumnKind.Categorical
        : ColumnKind.Text;

    // On average a word must occur twice; in few rows a few words need not.
    private bool IsRepetitive => HasManyWords ? Rows - Missing > 20L * MaximumDistinct && _repeats > (Rows - Missing) / 2 : _words.Count <= 20 || 2 * _words.Count <= Rows - Missing;

    private long _repeats;

    public void Add(ReadOnlySpan<char> cell)
    {
        Rows++;
        if (CellText.IsMissing(cell))
        {
            Missing++;
            return;
        }

        _numeric = _numeric && CellText.TryNumber(cell, out _);
        _boolean = _boolean && CellText.IsBoolean(cell);
        _date = _date && CellText.IsDate(cell);

        ref long count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrNullRef(_lookup, cell);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref count))
        {
            count++;
            _repeats++;
        }
        else if (_words.Count < MaximumDistinct)
        {
            _lookup[cell] = 1;
        }
        else
        {
            HasManyWords = true;
        }
    }
}
