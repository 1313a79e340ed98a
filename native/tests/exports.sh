#!/bin/sh
# usage: exports.sh LIBRARY LIST: the library exports the names of the list and no others.
set -e
nm -D --defined-only "$1" | awk '{ print $NF }' | LC_ALL=C sort | diff - "$2"
