#!/usr/bin/env bash
# Installs Fashion-MNIST (MIT licence, 29 MB) from Debian or Ubuntu. Elsewhere: give the program the folder of the four .gz files.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends dataset-fashion-mnist
