namespace MLNet.DGating.Torch.Optimization;

/// <summary>Minimization of a smooth function by limited-memory BFGS (Nocedal 1980), a step at a time.</summary>
internal sealed class QuasiNewton(Func<double[], (double Value, double[] Gradient)> function)
{
    private const int Memory = 20;
    private const int MaximumHalvings = 20;

    /// <summary>A step must bring this part of what its slope promises (Armijo).</summary>
    private const double SufficientDecrease = 1e-4;

    /// <summary>Values closer than this share are equal: near the minimum a float32 forward pass tells no less apart.</summary>
    private const double ValueResolution = 1e-7;

    /// <summary>Below this a step says nothing of the curvature, or that there is none to follow.</summary>
    private const double SmallestCurvature = 1e-10;

    private readonly List<(double[] Step, double[] Change, double Product)> _pairs = [];
    private double[] _gradient = [];

    public double[] Position { get; private set; } = [];

    public double Value { get; private set; }

    /// <summary>Goes on from here, with nothing learned.</summary>
    public void Start(double[] position)
    {
        _pairs.Clear();
        Position = position;
        (Value, _gradient) = function(position);
    }

    /// <summary>One step downhill; false where there is none to be found.</summary>
    public bool Step()
    {
        double[] direction = Direction();
        double slope = TensorPrimitives.Dot<double>(direction, _gradient), length = 1;
        for (int i = 0; i < MaximumHalvings && slope < 0; i++, length /= 2)
        {
            var next = new double[Position.Length];
            TensorPrimitives.MultiplyAdd(direction, length, Position, next);
            (double value, double[] gradient) = function(next);
            if (value <= Value + SufficientDecrease * length * slope + ValueResolution * Math.Abs(Value))
            {
                Learn(next, gradient);
                (Position, Value, _gradient) = (next, value, gradient);
                return true;
            }
        }

        bool learned = _pairs.Count > 0;
        Start(Position);
        // What was learned may be what misleads; without it the direction is the gradient's own.
        return learned && Step();
    }

    // −H g, H being the estimate of the inverse Hessian; with nothing learned, down the gradient by a length of 1 at most.
    private double[] Direction()
    {
        var direction = new double[_gradient.Length];
        TensorPrimitives.Negate(_gradient, direction);
        if (_pairs.Count == 0)
        {
            TensorPrimitives.Divide(direction, Math.Max(1, TensorPrimitives.Norm<double>(_gradient)), direction);
            return direction;
        }

        var shares = new double[_pairs.Count];
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

    private void Learn(double[] next, double[] gradient)
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
