using System.Globalization;
using System.Xml.Linq;

namespace MLNet.DGating.Plots.Tests;

/// <summary>What a reader finds in an SVG; reading fails where it is not well-formed.</summary>
internal sealed class Svg(string svg)
{
    private readonly XElement _root = XDocument.Parse(svg).Root!;

    /// <summary>The names that the pointer shows.</summary>
    public IEnumerable<string> Names => _root.Descendants().Where(element => element.Name.LocalName == "title").Select(element => element.Value);

    public IEnumerable<string> Texts => Elements("text").Select(text => string.Concat(text.Nodes().OfType<XText>().Select(node => node.Value)));

    public IEnumerable<XElement> Elements(string name) => _root.Descendants().Where(element => element.Name.LocalName == name);

    /// <summary>The elements of a kind whose name begins so.</summary>
    public XElement[] Named(string kind, string name) =>
        [.. Elements(kind).Where(element => element.Elements().Any(child => child.Name.LocalName == "title" && child.Value.StartsWith(name, StringComparison.Ordinal)))];

    public static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    public static (double X, double Y)[] Points(XElement line) => [.. line.Attribute("points")!.Value.Split(' ').Select(point => point.Split(','))
        .Select(point => (double.Parse(point[0], CultureInfo.InvariantCulture), double.Parse(point[1], CultureInfo.InvariantCulture)))];
}
