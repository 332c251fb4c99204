namespace MLNet.DGating.Plots.Drawing;

/// <summary>A picture as a list of marks, in the order in which they are drawn.</summary>
/// <remarks>SVG and PNG are written from the same picture.</remarks>
internal sealed record Picture(double Width, double Height, string Title, string Description, IReadOnlyList<Mark> Marks);
