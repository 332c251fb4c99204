#!/usr/bin/env bash
# Installs Fashion-MNIST (MIT licence, 29 MB) from Debian or Ubuntu. Where there is no such package: scikit-learn, whose 1,797 digits of
# 8 × 8 pixels (UCI optdigits, CC BY 4.0) take its place. Elsewhere: give the program a folder with the files of either.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends dataset-fashion-mnist || apt-get install -y --no-install-recommends python3-sklearn
