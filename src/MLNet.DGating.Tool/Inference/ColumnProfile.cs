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
    public const int MaximumDistinct = 1000;

    private const int FewWords = 20;

    private readonly Dictionary<string, long> _words = [];
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private bool _numeric = true, _boolean = true, _date = true;
    private long _repeats;

    public ColumnProfile(string name, int index)
    {
        Name = name;
        Index = index;
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Name { get; }

    /// <summary>The position in the file.</summary>
    public int Index { get; }

    public long Rows { get; private set; }

    public long Missing { get; private set; }

    /// <summary>The number of rows of each word that is kept. Missing cells are no words.</summary>
    public ReadOnlyDictionary<string, long> Words => _words.AsReadOnly();

    /// <summary>Tells whether there are more different words than are kept.</summary>
    public bool HasManyWords { get; private set; }

    public ColumnKind Kind => Rows == Missing ? ColumnKind.Empty
        : _boolean && !HasManyWords ? ColumnKind.Boolean
        : _numeric ? ColumnKind.Numeric
        : _date ? ColumnKind.Date
        : IsRepetitive ? ColumnKind.Categorical
        : ColumnKind.Text;

    // On average a word must occur twice; a few words need not.
    private bool IsRepetitive => HasManyWords
        ? Rows - Missing > 20L * MaximumDistinct && _repeats > (Rows - Missing) / 2
        : _words.Count <= FewWords || 2 * _words.Count <= Rows - Missing;

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

        ref long count = ref CollectionsMarshal.GetValueRefOrNullRef(_lookup, cell);
        if (!Unsafe.IsNullRef(ref count))
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
