using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes an expression, which ML.NET has parsed and given types to, as operators.</summary>
/// <param name="document">The document.</param>
/// <param name="variables">The variables of the expression's parameters.</param>
internal sealed class ExpressionWriter(OnnxDocument document, string[] variables)
{
    private static readonly Dictionary<string, string> s_functions = new(StringComparer.Ordinal)
    {
        ["abs"] = "Abs",
        ["sign"] = "Sign",
        ["exp"] = "Exp",
        ["ln"] = "Log",
        ["log"] = "Log",
        ["sin"] = "Sin",
        ["cos"] = "Cos",
        ["tanh"] = "Tanh",
        ["sqrt"] = "Sqrt",
        ["floor"] = "Floor",
        ["ceil"] = "Ceil",
        ["ceiling"] = "Ceil",
        ["min"] = "Min",
        ["max"] = "Max",
        ["isna"] = "IsNaN",
    };

    /// <summary>Adds the value of an expression.</summary>
    /// <returns>Its variable.</returns>
    /// <exception cref="NotSupportedException">A part of the expression has no form in ONNX.</exception>
    public string Write(ExprNode node)
    {
        if (node.ExprValue is { } value)
        {
            return Constant(value);
        }

        string written = node switch
        {
            IdentNode { Referent: ParamNode parameter } => variables[parameter.Index],
            UnaryOpNode unary => Call(unary.Op == UnaryOp.Not ? "Not" : "Neg", Write(unary.Arg)),
            BinaryOpNode binary => Write(binary),
            ConditionalNode conditional => Call("Where", Write(conditional.Cond), Write(conditional.Left), Write(conditional.Right)),
            CompareNode { Operands.Items.Length: 2 } comparison => Write(comparison),
            CallNode call => Write(call),
            _ => throw HasNoForm(node.Kind.ToString()),
        };
        return node.SrcKind == node.ExprType ? written : Cast(written, TypeOf(node.ExprType));
    }

    private string Write(BinaryOpNode node)
    {
        string left = Write(node.Left), right = Write(node.Right);
        return node.Op switch
        {
            BinaryOp.Or => Call("Or", left, right),
            BinaryOp.And => Call("And", left, right),
            BinaryOp.Add => Call("Add", left, right),
            BinaryOp.Sub => Call("Sub", left, right),
            BinaryOp.Mul => Call("Mul", left, right),
            BinaryOp.Div => Call("Div", left, right),
            // The sign of C#'s remainder is that of the dividend.
            BinaryOp.Mod => document.AddNode("Mod", [left, right], new OnnxAttribute("fmod", 1L)),
            BinaryOp.Power => Call("Pow", left, right),
            BinaryOp.Coalesce => Call("Where", Call("IsNaN", left), right, left),
            _ => throw HasNoForm(node.Op.ToString()),
        };
    }

    private string Write(CompareNode node)
    {
        string left = Write((ExprNode)node.Operands.Items[0]), right = Write((ExprNode)node.Operands.Items[1]);
        bool isStrict = node.Operands.Delimiters[0].Kind == node.TidStrict;
        return node.Op switch
        {
            CompareOp.Equal => Call("Equal", left, right),
            CompareOp.NotEqual => Call("Not", Call("Equal", left, right)),
            CompareOp.IncrChain => Call(isStrict ? "Less" : "LessOrEqual", left, right),
            _ => Call(isStrict ? "Greater" : "GreaterOrEqual", left, right),
        };
    }

    private string Write(CallNode node)
    {
        string name = node.Head.Value;
        string[] arguments = [.. node.Args.Items.Select(argument => Write((ExprNode)argument))];
        return name switch
        {
            "single" or "float" or "double" or "int" or "long" or "bool" => Cast(arguments[0], TypeOf(node.SrcKind)),
            "na" => Cast(Constant(float.NaN), TypeOf(node.SrcKind)),
            "default" => Cast(Constant(0f), TypeOf(node.SrcKind)),
            "log" when arguments.Length == 2 => Call("Div", Call("Log", arguments[0]), Call("Log", arguments[1])),
            // Not every runtime has a cosine in double precision.
            "cos" => Call("Sin", Call("Add", arguments[0], Cast(Constant(Math.PI / 2), TypeOf(node.SrcKind)))),
            _ when s_functions.TryGetValue(name, out string? operation) => Call(operation, arguments),
            _ => throw HasNoForm(name),
        };
    }

    private string Call(string operation, params string[] inputs) => document.AddNode(operation, inputs);

    private string Cast(string variable, OnnxType type) => document.AddNode("Cast", [variable], OnnxAttribute.To(type));

    private string Constant(object value) => value switch
    {
        bool flag => document.AddConstant("Flag", OnnxType.Bool, [flag], [1]),
        int number => document.AddConstant("Number", OnnxType.Int32, [number], [1]),
        long number => document.AddConstant("Number", [number], 1),
        float number => document.AddConstant("Number", [number], 1),
        double number => document.AddConstant("Number", OnnxType.Double, [number], [1]),
        _ => throw HasNoForm($"the constant {value}"),
    };

    private static OnnxType TypeOf(ExprTypeKind kind) => kind switch
    {
        ExprTypeKind.BL => OnnxType.Bool,
        ExprTypeKind.I4 => OnnxType.Int32,
        ExprTypeKind.I8 => OnnxType.Int64,
        ExprTypeKind.R4 => OnnxType.Float,
        ExprTypeKind.R8 => OnnxType.Double,
        _ => throw HasNoForm(kind.ToString()),
    };

    private static NotSupportedException HasNoForm(string what) => new($"'{what}' of an expression has no form in ONNX.");
}
