using System.Reflection;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees.Forest;

/// <summary>Copies the options of FastTree, and sets those that follow from the trainer's.</summary>
internal static class ForestOptions
{
    private static readonly MethodInfo s_clone =
        typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>Gives a copy of all options.</summary>
    public static TOptions Copy<TOptions>(TOptions forest)
        where TOptions : BoostedTreeOptions => (TOptions)s_clone.Invoke(forest, null)!;

    /// <summary>Sets columns, seed and threads.</summary>
    public static void Set(BoostedTreeOptions forest, DGatingTreesOptions settings, int seed)
    {
        forest.LabelColumnName = settings.LabelColumnName;
        forest.FeatureColumnName = settings.FeatureColumnName;
        forest.ExampleWeightColumnName = settings.ExampleWeightColumnName;
        forest.Seed = seed;
        forest.FeatureSelectionSeed = seed;
        forest.NumberOfThreads = settings.NumberOfThreads;
    }
}
