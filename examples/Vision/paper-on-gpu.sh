#!/usr/bin/env bash
# The recipe of the paper: VGG-16 on CIFAR-10 and SVHN, ResNet-18 on CIFAR-100, 200 epochs, batches of 128, momentum 0.9, a cosine to zero;
# images of CIFAR are moved and mirrored. NOT RUN YET; that each starts is tested on the CPU, on a few images ("Vision start").
# Usage: paper-on-gpu.sh CIFAR10 SVHN CIFAR100, the folders of data_batch_1.bin, train_32x32.mat and train.bin with their like.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
run() { dotnet run -c Release -p:TorchBackend=cuda -- paper "$1" "$2" "vision-$3.svg"; }
run vgg16 "$1" vgg16-cifar10
run vgg16 "$2" vgg16-svhn
run resnet18 "$3" resnet18-cifar100
