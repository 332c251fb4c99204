#!/usr/bin/env bash
# Checks and times training on an NVIDIA card.
#
#   tests/gpu/run.sh pack [FILE]   builds the program and packs it, for a machine that has neither .NET nor a network
#   tests/gpu/run.sh [FILE]        on a machine with a card: unpacks and runs it, in about five minutes, and prints a report
#   tests/gpu/run.sh trial [FILE]  the same on the CPU, which shows that the script works; its seconds say nothing of a card's
#
# FILE is artifacts/gpu.tar.xz by default. libtorch is the lib folder that DGATING_LIBTORCH names, or that of an installed PyTorch.
# A part that fails or takes too long is said in the report, and the others go on.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
mode=run
case "${1:-}" in pack | trial) mode="$1"; shift ;; esac
file="${1:-$root/artifacts/gpu.tar.xz}"
largest_mib=60

pack() {
  local folder
  folder="$(mktemp -d)" || return 1
  trap 'rm -rf "$folder"' RETURN
  dotnet publish "$root/tests/MLNet.DGating.Benchmarks" -c Release -r linux-x64 --self-contained -v q \
    -p:TorchBackend=none -p:InvariantGlobalization=true -p:DebugType=none -o "$folder/program" || return 1
  # What other commands of the benchmarks need.
  rm -f "$folder"/program/{libonnxruntime*,lib_lightgbm*,Microsoft.CodeAnalysis*,Microsoft.Diagnostics*,Dia2Lib*,TraceReloggerLib*}
  rm -f "$folder"/program/{libmscordaccore*,libmscordbi*,*.pdb,createdump}
  rm -rf "$folder"/program/{amd64,x86,arm64} "$folder"/program/??{,-*}/Microsoft.CodeAnalysis*
  mkdir -p "$folder/data/splits" "$(dirname "$file")"
  cp "$root/tests/gpu/torch_step.py" "$folder/"
  if [ -f "$root/../shared/data/isolet.csv" ]; then
    cp "$root/../shared/data/isolet.csv" "$folder/data/"
    cp "$root/../shared/data/splits/isolet.test.txt" "$folder/data/splits/"
  fi
  tar -C "$folder" -cJf "$file.part" . && mv "$file.part" "$file" || return 1
  local mib=$(($(stat -c %s "$file") >> 20))
  echo "$file: $mib MiB"
  [ "$mib" -le "$largest_mib" ] || { echo "That is more than $largest_mib MiB."; return 1; }
}

# part TITLE SECONDS COMMAND …
part() {
  local title="$1" seconds="$2" code
  shift 2
  printf '\n## %s\n\n' "$title"
  timeout -k 10 "$seconds" "$@" 2> >(grep -v '^\[' >&2)
  code=$?
  case "$code" in
    0) ;;
    124 | 137) printf '\nNOT FINISHED within %s s.\n' "$seconds"; failed=$((failed + 1)) ;;
    *) printf '\nFAILED with exit code %s.\n' "$code"; failed=$((failed + 1)) ;;
  esac
}

if [ "$mode" = pack ]; then
  pack
  exit
fi

[ -f "$file" ] || { echo "There is no $file: make it with '$0 pack' on a machine that has .NET."; exit 1; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
tar -C "$work" -xJf "$file" || exit 1
if [ -z "${DGATING_LIBTORCH:-}" ]; then
  DGATING_LIBTORCH="$(python3 -c 'import os, torch; print(os.path.join(os.path.dirname(torch.__file__), "lib"))' 2>/dev/null)"
fi
if [ ! -d "${DGATING_LIBTORCH:-}" ]; then
  echo "There is no libtorch: install PyTorch, or set DGATING_LIBTORCH to the lib folder of a libtorch."
  exit 1
fi
export DGATING_LIBTORCH

device=cuda
[ "$mode" = trial ] && device=cpu
failed=0
program="$work/program/MLNet.DGating.Benchmarks"
echo "# Training on a card, $(date -u +%Y-%m-%d)"
echo
if [ "$device" = cuda ]; then
  nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader || echo "nvidia-smi says nothing."
fi
echo "$(nproc) cores, libtorch $(cat "$DGATING_LIBTORCH/../version.py" 2>/dev/null | sed -n "s/^__version__ = '\(.*\)'/\1/p")"

part "Results beside the CPU's" 90 "$program" device-checks --device "$device"
part "A step, by the number of runs" 60 "$program" batched --device "$device"
if command -v python3 > /dev/null && python3 -c 'import torch' 2> /dev/null; then
  part "The same step in PyTorch" 60 python3 "$work/torch_step.py" "$device"
fi
if [ -f "$work/data/isolet.csv" ]; then
  part "Whole fits beside all cores" 240 "$program" device-fits --device "$device" --data "$work/data" --seconds 120
fi

printf '\n%s of the parts failed.\n' "$failed"
[ "$failed" -eq 0 ]
