#!/usr/bin/env bash
# Draws one of the data sets emoji, sketch and tones at any size, from the icons of fetch-emoji.sh.
# usage: make-emoji.sh emoji|sketch|tones ICONS SIZE OUTPUT
# OUTPUT is a folder to train on, or a .zip as the jar holds it.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
list=$(mktemp)
trap 'rm -f "$list"' EXIT
# The class path of gan-datasets itself: the one of the program lacks the SVG library.
mvn -B -q -f "$root/pom.xml" -Dquick -pl gan-core,gan-datasets \
    compile dependency:build-classpath -Dmdep.outputFile="$list"
java -Djava.awt.headless=true -cp "$root/gan-datasets/target/classes:$(cat "$list")" \
    io.github.gan4j.datasets.tools.EmojiTool "$@"
