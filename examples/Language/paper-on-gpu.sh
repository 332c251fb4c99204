#!/usr/bin/env bash
# The size of the paper: 6 layers of 12 heads, 384 wide, 256 characters, 3,000 steps of Adam at 1e-3, on a GPU.
# NOT RUN YET with this program: its figures come from a prototype of the same recipe. Usage: paper-on-gpu.sh TINYSHAKESPEARE.txt
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec dotnet run -c Release -p:TorchBackend=cuda -- paper "$1" language-paper.svg
