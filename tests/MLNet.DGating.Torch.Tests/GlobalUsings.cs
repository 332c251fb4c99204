global using CsCheck;
global using Tensor = TorchSharp.torch.Tensor;
