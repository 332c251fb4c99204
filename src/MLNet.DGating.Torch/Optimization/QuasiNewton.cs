namespace MLNet.DGating.Torch.Optimization;

/// <summary>Minimizes a smooth function by limited-memory BFGS (Nocedal 1980), step by step.</summary>
/// <param name="function">Gives the value and the gradient at a position.</param>
internal sealed class QuasiNewton(Func<double[], (double Value, double[] Gradient)> function)
{
    private const int Memory = 20;
    private const int MaximumHalvings = 20;

    /// <summary>The share of the decrease predicted by the slope that a step must reach (Armijo's condition).</summary>
    private const double SufficientDecrease = 1e-4;

    /// <summary>The relative difference below which values are equal: a float32 forward pass is not more exact.</summary>
    private const double ValueResolution = 1e-7;

    /// <summary>The least relative curvature along a step with which the step is used for the estimate of the Hessian.</summary>
    private const double SmallestCurvature = 1e-10;

    private readonly List<(double[] Step, double[] Change, double Product)> _pairs = [];
    private double[] _gradient = [];

    public double[] Position { get; private set; } = [];

    public double Value { get; private set; }

    /// <summary>Starts at a position, without an estimate of the Hessian.</summary>
    public void Start(double[] position)
    {
        _pairs.Clear();
        Position = position;
        (Value, _gradient) = function(position);
    }

    /// <summary>Carries out one descent step; gives false where none was found.</summary>
    public bool Step()
    {
        double[] direction = Direction();
        double slope = TensorPrimitives.Dot<double>(direction, _gradient), length = 1;
        for (int i = 0; i < MaximumHalvings && slope < 0; i++, length /= 2)
        {
            double[] next = new double[Position.Length];
            TensorPrimitives.MultiplyAdd(direction, length, Position, next);
            (double value, double[] gradient) = function(next);
            if (value <= Value + SufficientDecrease * length * slope + ValueResolution * Math.Abs(Value))
            {
                UpdateEstimate(next, gradient);
                (Position, Value, _gradient) = (next, value, gradient);
                return true;
            }
        }

        bool hasEstimate = _pairs.Count > 0;
        Start(Position);
        // The estimate may be wrong; without it the direction is that of the negative gradient.
        return hasEstimate && Step();
    }

    // Gives −H g with the estimate H of the inverse Hessian; without one the negative gradient, with a length of at most 1.
    private double[] Direction()
    {
        double[] direction = new double[_gradient.Length];
        TensorPrimitives.Negate(_gradient, direction);
        if (_pairs.Count == 0)
        {
            TensorPrimitives.Divide(direction, Math.Max(1, TensorPrimitives.Norm<double>(_gradient)), direction);
            return direction;
        }

        double[] shares = new double[_pairs.Count];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            shares[i] = TensorPrimitives.Dot<double>(_pairs[i].Step, direction) / _pairs[i].Product;
            TensorPrimitives.MultiplyAdd(_pairs[i].Change, -shares[i], direction, direction);
        }

        (_, double[] lastChange, double lastProduct) = _pairs[^1];
        TensorPrimitives.Multiply(direction, lastProduct / TensorPrimitives.SumOfSquares<double>(lastChange), direction);
        for (int i = 0; i < _pairs.Count; i++)
        {
            double correction = shares[i] - TensorPrimitives.Dot<double>(_pairs[i].Change, direction) / _pairs[i].Product;
            TensorPrimitives.MultiplyAdd(_pairs[i].Step, correction, direction, direction);
        }

        return direction;
    }

    private void UpdateEstimate(double[] next, double[] gradient)
    {
        double[] step = new double[next.Length], change = new double[next.Length];
        TensorPrimitives.Subtract(next, Position, step);
        TensorPrimitives.Subtract(gradient, _gradient, change);
        double product = TensorPrimitives.Dot<double>(step, change);
        if (product > SmallestCurvature * TensorPrimitives.Norm<double>(step) * TensorPrimitives.Norm<double>(change))
        {
            _pairs.Add((step, change, product));
            if (_pairs.Count > Memory)
            {
                _pairs.RemoveAt(0);
            }
        }
    }
}
