using System.Diagnostics;
using System.Globalization;
using MLNet.DGating;
using MLNet.DGating.Plots;
using Vision;
using static TorchSharp.torch;

// Vision [example | full | test] [conv | resnet] [FOLDER OF FASHION-MNIST] [PICTURE.svg]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string size = args.ElementAtOrDefault(0) ?? "example", folder = args.ElementAtOrDefault(2) ?? FashionMnist.Folder;
if (!FashionMnist.IsIn(folder))
{
    Console.WriteLine($"Skipped: {folder} has no Fashion-MNIST. examples/Vision/get-data.sh installs it on Debian and Ubuntu.");
    return;
}

DGatingTorch.Load();
var clock = Stopwatch.StartNew();
var recipe = Recipe.Of(size);
var architecture = Architecture.Of(args.ElementAtOrDefault(1) ?? "conv");
(Tensor images, Tensor labels) = FashionMnist.Read(folder, "train", recipe.Rows);
(Tensor testImages, Tensor testLabels) = FashionMnist.Read(folder, "t10k", recipe.TestRows);
Console.WriteLine($"""
    Which filters does a network need? {recipe.Rows:n0} images of Fashion-MNIST, {recipe.Epochs} epochs, the network
    '{architecture.Name}'. A group is the scale and shift that a batch normalization gives a channel. Accuracy is on {recipe.TestRows:n0}
    other images, after the dead channels were removed, which changes no output. Pruned networks are not trained again.
    """);

var evaluation = new Evaluation(architecture, testImages, testLabels);
var comparison = new Comparison(architecture, recipe, new Training(recipe, images, labels), evaluation);
comparison.Run();
string picture = args.ElementAtOrDefault(3) ?? Path.Combine(Path.GetTempPath(), $"vision-{architecture.Name}.svg");
DGatingPlots.TradeOff(
    comparison.Series, $"Accuracy against operations: Fashion-MNIST, {architecture.Name}",
    $"{recipe.Rows:n0} training images, {recipe.Epochs} epochs, one seed. Right is faster: operations of the dense network "
    + "over those of what is left.",
    "operations ÷", "accuracy in %", logarithmicCost: true).SaveSvg(picture);
Console.WriteLine($"The picture is {picture}. All of it took {clock.Elapsed.TotalSeconds:f0} s.");
