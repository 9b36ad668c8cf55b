#!/bin/bash
# RECORDINGS=interviews PARTS=parts bash docs/scale/gnu-parallel.sh
# Over several machines that see the same folders: add --sshloginfile FILE --workdir .
set -euo pipefail

SHARDS=${SHARDS:-16}
mkdir -p "$PARTS"

# A shard that failed is tried again when the same command is given again.
seq 1 "$SHARDS" | parallel --jobs "${AT_A_TIME:-2}" --joblog "$PARTS/joblog" --resume-failed \
  "${UNDERTONE:-undertone}" analyze "$RECORDINGS" --output "$PARTS" --shard "{}/$SHARDS" --resume
