using System.Diagnostics;
using System.Globalization;
using MLNet.DGating;
using MLNet.DGating.Plots;
using Vision;
using static TorchSharp.torch;

// Vision [example | long | full | test | paper] [conv | resnet | vgg16 | resnet18] [FOLDER OF FASHION-MNIST OR CIFAR-10] [PICTURE.svg]
// [METHOD]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string size = args.ElementAtOrDefault(0) ?? "example", folder = args.ElementAtOrDefault(2) ?? FashionMnist.Folder;
bool isCifar = Cifar10.IsIn(folder);
if (!isCifar && !FashionMnist.IsIn(folder))
{
    Console.WriteLine($"Skipped: {folder} has no Fashion-MNIST. examples/Vision/get-data.sh installs it on Debian and Ubuntu.");
    return;
}

DGatingTorch.Load();
if (size == "test")
{
    // So small, further threads only wait for each other, most of all where other tests run beside it.
    set_num_threads(1);
}

var clock = Stopwatch.StartNew();
var recipe = Recipe.Of(size);
var architecture = Architecture.Of(args.ElementAtOrDefault(1) ?? "conv");
Device device = size == "paper" && cuda.is_available() ? CUDA : CPU;
(Tensor Images, Tensor Labels) Read(string part, int rows)
{
    (Tensor images, Tensor labels) = isCifar ? Cifar10.Read(folder, part, rows) : FashionMnist.Read(folder, part, rows);
    return (images.to(device), labels.to(device));
}

(Tensor images, Tensor labels) = Read("train", recipe.Rows);
(Tensor testImages, Tensor testLabels) = Read("t10k", recipe.TestRows);
string data = isCifar ? "CIFAR-10" : "Fashion-MNIST";
Console.WriteLine($"""
    Which filters does a network need? {recipe.Rows:n0} images of {data}, the network '{architecture.Name}', {recipe.Epochs} epochs. A group
    is the scale and shift that a batch normalization gives a channel. Accuracy is on {recipe.TestRows:n0} other images, after the dead
    channels were removed, which changes no output. Pruned networks are not trained again.
    """);

var evaluation = new Evaluation(architecture, testImages, testLabels);
var training = new Training(recipe, images, labels, isCifar ? Cifar10.Varied : same => same);
var comparison = new Comparison(architecture, recipe, training, evaluation);
comparison.Run(args.ElementAtOrDefault(4) ?? "");
string picture = args.ElementAtOrDefault(3) ?? Path.Combine(Path.GetTempPath(), $"vision-{architecture.Name}.svg");
DGatingPlots.TradeOff(
    comparison.Series, $"Accuracy against operations: {data}, {architecture.Name}",
    $"{recipe.Rows:n0} training images, {recipe.Epochs} epochs, one seed. "
    + "Right is faster: operations of the dense network over those of what is left.",
    "operations ÷", "accuracy in %", logarithmicCost: true).SaveSvg(picture);
Console.WriteLine($"The picture is {picture}. All of it took {clock.Elapsed.TotalSeconds:f0} s.");
