#!/usr/bin/env bash
# The recipe of the paper: VGG-16 and ResNet-18, 200 epochs, batches of 128, momentum 0.9, a cosine to zero, images moved and mirrored.
# NOT RUN YET. It takes a folder with the binary CIFAR-10 (cifar-10-batches-bin): paper-on-gpu.sh FOLDER
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for network in vgg16 resnet18; do
  dotnet run -c Release -p:TorchBackend=cuda -- paper "$network" "$1" "vision-paper-$network.svg"
done
