using System.Diagnostics;
using System.Globalization;
using Language;
using MLNet.DGating;
using MLNet.DGating.Plots;
using TorchSharp;

// Language [example | test | paper] [TEXT FILE, such as tinyshakespeare.txt] [PICTURE.svg]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string name = args.ElementAtOrDefault(0) ?? "example";
DGatingTorch.Load();
if (name == "test")
{
    // So small, further threads only wait for each other, most of all where other tests run beside it.
    torch.set_num_threads(1);
}

var clock = Stopwatch.StartNew();
var size = Size.Of(name);
torch.Device device = name == "paper" && torch.cuda.is_available() ? torch.CUDA : torch.CPU;
var corpus = Corpus.Read(args.ElementAtOrDefault(1), device);
Console.WriteLine($"""
    Which heads of attention does a small transformer need? {size.Layers} layers of {size.Heads} heads, {size.Width} wide, read
    {size.Length} characters of a text at once, {size.Steps} steps of {size.Batch} sequences. A group is the value matrix of a head.
    The loss is that for a character of the last tenth of the text. The line below each row is what the network writes after "The ".
    """);
var study = new Study(corpus, size);
(double[] gated, double[] direct) = name == "test" ? (new[] { 0.05 }, new[] { 0.05 }) : (new[] { 3e-3, 1e-2 }, new[] { 3e-3, 1e-2 });
study.Run(gated, direct);
string picture = args.ElementAtOrDefault(2) ?? Path.Combine(Path.GetTempPath(), "language.svg");
DGatingPlots.TradeOff(
    study.Series, "Loss against heads that are left", $"{size.Layers} layers of {size.Heads} heads, {size.Steps} steps, one seed.",
    "heads left", "loss for a character of the validation text").SaveSvg(picture);
Console.WriteLine($"The picture is {picture}. All of it took {clock.Elapsed.TotalSeconds:f0} s.");
