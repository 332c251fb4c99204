using System.Globalization;
using System.Xml.Linq;

namespace MLNet.DGating.Plots.Tests.Support;

/// <summary>The elements of an SVG; reading fails where it is not well-formed.</summary>
internal sealed class Svg(string svg)
{
    private readonly XElement _root = XDocument.Parse(svg).Root!;

    /// <summary>The names that are shown as tooltips; the first is the title of the picture.</summary>
    public IEnumerable<string> Names => _root.Descendants().Where(IsTitle).Select(element => element.Value);

    public IEnumerable<string> Texts =>
        Elements("text").Select(text => string.Concat(text.Nodes().OfType<XText>().Select(node => node.Value)));

    public IEnumerable<XElement> Elements(string kind) => _root.Descendants().Where(element => element.Name.LocalName == kind);

    /// <summary>Finds the elements of a kind whose names begin with a text.</summary>
    public XElement[] Named(string kind, string beginning) =>
        [.. Elements(kind).Where(element => element.Elements().Any(child =>
            IsTitle(child) && child.Value.StartsWith(beginning, StringComparison.Ordinal)))];

    public static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    public static (double X, double Y)[] Points(XElement line) =>
        [.. line.Attribute("points")!.Value.Split(' ').Select(point => point.Split(','))
            .Select(point => (Parsed(point[0]), Parsed(point[1])))];

    private static bool IsTitle(XElement element) => element.Name.LocalName == "title";

    private static double Parsed(string number) => double.Parse(number, CultureInfo.InvariantCulture);
}
