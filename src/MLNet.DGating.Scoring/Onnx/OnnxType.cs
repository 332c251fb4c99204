namespace MLNet.DGating;

/// <summary>Types of tensor elements, by their numbers in the ONNX format.</summary>
internal enum OnnxType
{
    Float = 1,
    Int64 = 7,
    Bool = 9,
    UInt32 = 12,
}
