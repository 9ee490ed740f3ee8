#!/usr/bin/env bash
# Brings the icons that the data sets emoji, sketch and tones are drawn from, as npm packages.
# usage: fetch-emoji.sh FOLDER
set -euo pipefail

if [ $# -ne 1 ]; then
    echo "usage: $0 FOLDER" >&2
    exit 2
fi
mkdir -p "$1"
cd "$1"

# npm checks each archive against the registry's own checksum.
for package in noto@1.2.9 fluent-emoji-flat@1.2.6 fluent-emoji-high-contrast@1.2.6; do
    name=${package%@*}
    archive=$(npm pack --silent "@iconify-json/$package" | tail -n 1)
    mkdir -p "$name"
    tar -xzf "$archive" --no-same-owner --strip-components=1 -C "$name" package
    rm "$archive"
done
echo "The icons are in $PWD"
