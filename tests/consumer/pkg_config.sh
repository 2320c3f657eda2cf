#!/bin/sh
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
#
# pkg_config.sh PREFIX SOURCE BUILD_FOLDER: compiles a program in C99 with what pkg-config says of the
# Earshot that is installed in PREFIX, with the shared library and without, and runs both.
set -eu
prefix=$1 source=$2 folder=$3
pc=$(find "$prefix" -name earshot.pc)
export PKG_CONFIG_PATH="${pc%/*}"
mkdir -p "$folder"
compile() { "${CC:-cc}" -std=c99 -pedantic -Wall -Wextra -Werror "$source" "$@"; }

# pkg-config's words have their blanks escaped, which only eval takes back.
eval "compile -o '$folder/shared' $(pkg-config --cflags --libs earshot)"
LD_LIBRARY_PATH="${pc%/pkgconfig/*}" "$folder/shared"
eval "compile -static -o '$folder/static' $(pkg-config --cflags --libs --static earshot)"
"$folder/static"
