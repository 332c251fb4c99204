"""Times the step of `-- batched` in PyTorch: eager, and captured as a CUDA graph. Prints a table of ms a step."""
import sys
import time

import torch
import torch.nn.functional as F

DEVICE = torch.device(sys.argv[1] if len(sys.argv) > 1 else "cuda")
DEPTH, HIDDEN, CLASSES, ROWS, BATCH = 3, 128, 10, 10_000, 156
STEPS = 640 if DEVICE.type == "cuda" else 4


def wait():
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()


def milliseconds(step):
    for _ in range(STEPS // 10 + 1):
        step()
    wait()
    start = time.perf_counter()
    for _ in range(STEPS):
        step()
    wait()
    return (time.perf_counter() - start) / STEPS * 1e3


def network(runs, features):
    scale = features ** -0.5
    return [
        (torch.randn(runs, features, HIDDEN, device=DEVICE) * scale).requires_grad_(),
        torch.ones(runs, features, 1, device=DEVICE, requires_grad=True),
        torch.zeros(runs, 1, HIDDEN, device=DEVICE, requires_grad=True),
        (torch.randn(runs, HIDDEN, CLASSES, device=DEVICE) * HIDDEN ** -0.5).requires_grad_(),
        torch.zeros(runs, 1, CLASSES, device=DEVICE, requires_grad=True),
    ]


def descend(parameters, optimizer, x, y):
    primary, gates, bias, weights, output_bias = parameters
    hidden = F.relu(torch.bmm(x, primary * gates.pow(DEPTH - 1)) + bias)
    scores = torch.bmm(hidden, weights) + output_bias
    losses = F.cross_entropy(scores.reshape(-1, CLASSES), y.reshape(-1), reduction="none")
    optimizer.zero_grad(set_to_none=True)
    losses.reshape(x.shape[0], -1).mean(1).sum().backward()
    optimizer.step()


def captured(step):
    """Records a step as a graph and gives the function that replays it."""
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(5):
            step()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay


print(f"PyTorch {torch.__version__}, {torch.cuda.get_device_name(0) if DEVICE.type == 'cuda' else 'CPU'}\n")
print("| features | runs | eager, ms | graph, ms |")
print("|--:|--:|--:|--:|")
for features in (100, 1000):
    data = torch.rand(ROWS, features, device=DEVICE)
    classes = torch.arange(ROWS, device=DEVICE) % CLASSES
    for runs in (1, 32):
        parameters = network(runs, features)
        optimizer = torch.optim.SGD(parameters, lr=0.05, momentum=0.9, weight_decay=1e-3)
        order = torch.stack([torch.randperm(ROWS, device=DEVICE)[:BATCH] for _ in range(runs)])

        def step():
            descend(parameters, optimizer, data[order], classes[order])

        eager = milliseconds(step)
        graph = "–"
        if DEVICE.type == "cuda":
            try:
                graph = f"{milliseconds(captured(step)):.3f}"
            except RuntimeError as error:
                graph = f"FAILED: {error}".splitlines()[0]
        print(f"| {features} | {runs} | {eager:.3f} | {graph} |", flush=True)
