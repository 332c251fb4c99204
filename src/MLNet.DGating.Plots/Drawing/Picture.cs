namespace MLNet.DGating.Plots.Drawing;

/// <summary>All there is to a picture: SVG and PNG are written from the same marks, in the order in which they are drawn.</summary>
internal sealed record Picture(double Width, double Height, string Title, string Description, IReadOnlyList<Mark> Marks);
