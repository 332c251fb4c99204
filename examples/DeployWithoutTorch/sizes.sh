#!/usr/bin/env bash
# What the scorer takes on the disk, runtime included: as it is, not trimmed, and where scoring needs what training needs.
set -euo pipefail
score="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/Score"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

publish() {
  local name="$1"
  shift
  dotnet publish -c Release -v q -nologo "$score" -o "$folder/$name" "$@"
  printf '%-24s %5d MB\n' "$name" "$(($(du -sk "$folder/$name" | cut -f1) / 1024))"
}

publish "trimmed"
publish "not trimmed" -p:PublishTrimmed=false
publish "with libtorch" -p:PublishTrimmed=false -p:WithTorch=true
