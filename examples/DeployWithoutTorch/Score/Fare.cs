namespace Score;

/// <summary>What the model says of a ride.</summary>
internal sealed class Fare
{
    public float Score { get; set; }
}
