using System.Diagnostics;
using System.Globalization;
using MLNet.DGating;
using MLNet.DGating.Plots;
using Vision;
using static TorchSharp.torch;

// Vision [example | full | test | start | paper] [conv | resnet | vgg16 | resnet18] [FOLDER OF IMAGES] [PICTURE.svg] [METHOD]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string size = args.ElementAtOrDefault(0) ?? "example", network = args.ElementAtOrDefault(1) ?? "conv";
string[] folders = args.Length > 2 ? [args[2]] : [FashionMnist.Folder, Digits.Folder];
string? folder = folders.FirstOrDefault(each => ImageData.In(each) is not null);
if (folder is null)
{
    Console.WriteLine(
        $"Skipped: {folders[0]} has no Fashion-MNIST. examples/Vision/get-data.sh installs it on Debian and Ubuntu; a folder with "
        + "digits.csv.gz, CIFAR-10, CIFAR-100 or SVHN may be named as well.");
    return;
}

DGatingTorch.Load();
if (size is "test" or "start")
{
    // So small, further threads only wait for each other, most of all where other tests run beside it.
    set_num_threads(1);
}

var clock = Stopwatch.StartNew();
ImageData data = ImageData.In(folder)!;
var recipe = Recipe.Of(size);
var architecture = Architecture.Of(network, data);
Device device = size == "paper" && cuda.is_available() ? CUDA : CPU;
(Tensor Images, Tensor Labels) Read(bool training, int rows)
{
    (Tensor images, Tensor labels) = data.Read(training, rows);
    return (images.to(device), labels.to(device));
}

(Tensor images, Tensor labels) = Read(training: true, recipe.Rows);
(Tensor testImages, Tensor testLabels) = Read(training: false, recipe.TestRows);
Console.WriteLine($"""
    Which filters does a network need? {labels.shape[0]:n0} images of {data.Name}, the network '{architecture.Name}',
    {recipe.Epochs} epochs, and {recipe.RefitEpochs} without a penalty once the dead channels are removed. A group is the scale and shift
    that a batch normalization gives a channel. Accuracy is on {testLabels.shape[0]:n0} other images.
    """);

var evaluation = new Evaluation(architecture, testImages, testLabels);
var comparison = new Comparison(architecture, recipe, new Training(recipe, images, labels, data.Vary), evaluation);
comparison.Run(args.ElementAtOrDefault(4) ?? "");
string picture = args.ElementAtOrDefault(3) ?? Path.Combine(Path.GetTempPath(), $"vision-{architecture.Name}.svg");
DGatingPlots.TradeOff(
    comparison.Series, $"Accuracy against operations: {data.Name}, {architecture.Name}",
    $"{labels.shape[0]:n0} training images, {recipe.Epochs} and {recipe.RefitEpochs} epochs, one seed. "
    + "Right is faster: operations of the dense network over those of what is left.",
    "operations ÷", "accuracy in %", logarithmicCost: true).SaveSvg(picture);
Console.WriteLine($"The picture is {picture}. All of it took {clock.Elapsed.TotalSeconds:f0} s.");
