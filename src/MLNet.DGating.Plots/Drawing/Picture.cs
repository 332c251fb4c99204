namespace MLNet.DGating.Plots.Drawing;

/// <summary>A picture as a list of marks, in the order in which they are drawn. SVG and PNG are written from it.</summary>
internal sealed record Picture(double Width, double Height, string Title, string Description, IReadOnlyList<Mark> Marks);
