global using Tensor = TorchSharp.torch.Tensor;
global using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;
