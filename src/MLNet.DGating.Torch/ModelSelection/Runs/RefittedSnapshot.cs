using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Holds a snapshot of a path and its refit.</summary>
/// <param name="Snapshot">The groups, and their network before the refit.</param>
/// <param name="Result">The refitted network and its evaluation.</param>
internal sealed record RefittedSnapshot(PathSnapshot Snapshot, RefitResult Result);
