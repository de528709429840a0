#!/bin/sh
# Resolves requirements.in of every image for Python 3.12 on Linux and locks it with hashes. An image's lock begins with
# base's, so that it changes as little as possible of what base has installed. Needs uv (https://docs.astral.sh/uv/).
set -eu
cd "$(dirname "$0")"

compile() {
    uv pip compile --quiet --no-header --no-annotate --generate-hashes \
        --python-version 3.12 --python-platform linux "$@"
}

compile base/build-requirements.in --output-file base/build-requirements.txt
compile base/requirements.in --output-file base/requirements.txt
for image in core mozart grq2 pele; do
    cp base/requirements.txt "$image/requirements.txt"
    compile base/requirements.in "$image/requirements.in" --output-file "$image/requirements.txt"
done
