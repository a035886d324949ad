#!/bin/bash
# api.sh freeze       the API server stops where it is: its connections stay open, and it answers nobody
# api.sh thaw         it goes on
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
alive kube-apiserver || die "no API server runs"
case ${1:-} in
  freeze) kill -STOP "$(pid kube-apiserver)" ;;
  thaw)   kill -CONT "$(pid kube-apiserver)" ;;
  *)      die "$(grep '^# api.sh' "$0")" ;;
esac
