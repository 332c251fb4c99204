global using CsCheck;
global using TorchSharp;
global using TorchSharp.Modules;
global using Module = TorchSharp.torch.nn.Module;
global using Tensor = TorchSharp.torch.Tensor;

// Tests count the tensors that are left, and torch has threads of its own.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
