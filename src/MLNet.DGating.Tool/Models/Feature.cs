namespace MLNet.DGating.Tool.Models;

/// <summary>A feature: a number, a category as a whole, a part of a date, or a word of a text.</summary>
/// <param name="Name">The name.</param>
/// <param name="Column">The column of the table that it was made of.</param>
/// <param name="Slots">The number of inputs of the network that it has.</param>
/// <param name="Importance">The norm of all weights that leave it; 0 where it was dropped.</param>
/// <param name="LambdaOut">The λ at which it left; null where it stayed.</param>
/// <param name="IsSelected">Whether the model reads it.</param>
internal sealed record Feature(string Name, string Column, int Slots, float Importance, double? LambdaOut, bool IsSelected);
