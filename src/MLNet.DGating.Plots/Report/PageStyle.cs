using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Report;

/// <summary>The style sheet and the script of a page: for any width from 360 px, light and dark paper, and print.</summary>
internal static class PageStyle
{
    // Contrasts are at least 4.5 : 1 for text and 3 : 1 for marks, in both themes (WCAG 2.2); a test computes them.
    public static IReadOnlyList<(string Name, string Light, string Dark)> Colours { get; } =
    [
        ("paper", Palette.Paper, Theme.DarkPaper), ("ink", "#1D2125", "#E8EAED"), ("quiet", "#565B61", "#B4BAC1"),
        ("rule", "#D5D9DE", "#383E45"), ("soft", "#F3F5F7", "#20252A"), ("link", "#00629B", "#7CC3F5"), ("bar", Palette.Blue, "#5DB2EE"),
        ("minus", Palette.Vermillion, "#FF8B4D"), ("chosen", "#E3F0F8", "#1D3546"), ("warn", "#8A4B00", "#F2B866"),
    ];

    /// <summary>Finds rows in long tables; without it the tables are whole, and the field for the search is not shown.</summary>
    public const string Script = """
        for (const field of document.querySelectorAll('input.search')) {
          field.hidden = false;
          field.labels[0].hidden = false;
          const rows = [...field.closest('details').querySelectorAll('tbody tr')];
          const texts = rows.map(row => row.textContent.toLowerCase());
          field.addEventListener('input', () => {
            const wanted = field.value.trim().toLowerCase();
            rows.forEach((row, i) => { row.hidden = !texts[i].includes(wanted); });
          });
        }
        """;

    private const string Rules = """
        * { box-sizing: border-box; }
        body { font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink);
          background: var(--paper); margin: 0; }
        main { max-width: 1360px; margin: 0 auto; padding: 20px clamp(12px, 3vw, 40px) 60px; }
        h1 { font-size: clamp(22px, 3.2vw, 32px); line-height: 1.2; margin: 0 0 6px; overflow-wrap: anywhere; }
        h2 { font-size: 21px; margin: 44px 0 10px; padding-bottom: 5px; border-bottom: 1px solid var(--rule); }
        h3 { font-size: 16px; margin: 0 0 2px; overflow-wrap: anywhere; }
        p { margin: 6px 0 12px; max-width: 78ch; overflow-wrap: anywhere; }
        .lead { font-size: 18px; }
        .explain { color: var(--quiet); font-size: 14px; }
        .warning { border-left: 4px solid var(--warn); padding-left: 10px; }
        dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 3px 18px; margin: 14px 0; max-width: 100ch;
          font-size: 15px; }
        dt { color: var(--quiet); }
        dd { margin: 0; overflow-wrap: anywhere; }
        .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 20px 28px; margin: 14px 0; }
        .grid > * { min-width: 0; }
        .grid > .row { grid-column: 1 / -1; }
        figure { margin: 14px 0 24px; break-inside: avoid; }
        .grid figure { margin: 0; max-width: 460px; }
        figure svg { width: 100%; height: auto; display: block; }
        figure .wide { display: none; }
        @media (min-width: 760px) {
          figure .wide { display: block; }
          figure .narrow { display: none; }
        }
        figcaption { font-weight: 600; }
        .scroll { overflow-x: auto; max-width: 1000px; }
        .scroll:focus-visible { outline: 2px solid var(--link); }
        table { border-collapse: collapse; width: 100%; font-size: 14.5px; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; padding: 0 0 4px; }
        th { text-align: right; border-bottom: 2px solid var(--quiet); padding: 4px 8px; vertical-align: bottom; }
        td, tbody th { text-align: right; border-bottom: 1px solid var(--rule); padding: 4px 8px; font-weight: normal;
          vertical-align: middle; }
        thead td { border-bottom: 2px solid var(--quiet); }
        th.text, td.text { text-align: left; overflow-wrap: break-word; max-width: 24em; }
        tr { break-inside: avoid; }
        tr.chosen td { font-weight: 600; background: var(--chosen); }
        td:not(.text):not(.bar) { white-space: nowrap; }
        td.bar { width: 34%; min-width: 70px; padding-left: 2px; }
        .bar span { display: block; height: 13px; background: var(--bar); min-width: 1px; border-radius: 0 2px 2px 0; }
        .signed td.bar { background: linear-gradient(var(--quiet), var(--quiet)) center / 1px 100% no-repeat; }
        .signed .bar span { width: var(--w); margin-left: 50%; }
        .signed .bar span.minus { background: var(--minus); margin-left: calc(50% - var(--w)); border-radius: 2px 0 0 2px; }
        table.matrix { width: auto; }
        table.matrix th { white-space: nowrap; }
        table.matrix td { text-align: center; min-width: 3.2em; border: 1px solid var(--rule); }
        table.matrix td.right { outline: 2px solid var(--bar); outline-offset: -2px; font-weight: 600; }
        details { margin: 12px 0; }
        summary { cursor: pointer; color: var(--link); padding: 4px 0; }
        label { font-size: 14px; margin-right: 6px; }
        input.search { font: inherit; padding: 4px 8px; margin: 4px 0 8px; width: min(100%, 260px); color: var(--ink);
          background: var(--paper); border: 1px solid var(--quiet); border-radius: 4px; }
        @media (max-width: 600px) {
          body { font-size: 15px; }
          dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
          dd { margin-bottom: 6px; }
          th, td, tbody th { padding: 4px 5px; }
          .aside { display: none; }
        }
        @media print {
          main { max-width: none; padding: 0; }
          body { font-size: 10.5pt; }
          .grid { grid-template-columns: repeat(2, minmax(0, 1fr)); }
          .grid > * { break-inside: avoid; }
          .scroll { overflow: visible; }
          h2, h3 { break-after: avoid; }
          figure .wide { display: block; }
          figure .narrow { display: none; }
          details:not([open]) { display: none; }
          @page { margin: 15mm; }
        }
        """;

    /// <summary>The style sheet.</summary>
    public static string Sheet { get; } =
        $":root {{ color-scheme: light dark; {Variables(colour => colour.Light)} }}\n"
        + $"@media screen and (prefers-color-scheme: dark) {{\n:root {{ {Variables(colour => colour.Dark)} }}\n{Theme.DarkRules()}}}\n"
        + Rules;

    private static string Variables(Func<(string Name, string Light, string Dark), string> of) =>
        string.Join(' ', Colours.Select(colour => $"--{colour.Name}: {of(colour)};"));
}
