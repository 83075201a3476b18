#!/bin/sh
# assemble.sh JAVA_HOME [compiled]   makes dist/ from the sources: jars in the order of start-up,
# and an AOT cache for each program so that it starts fast. With `compiled`, packages what is in
# target/ already.
set -eu
JAVA_HOME=$1
export JAVA_HOME
home=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
dist="$home/dist"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

fail() {
  cat "$log" >&2
  echo "onex: the build failed; the lines above say where." >&2
  exit 1
}

rm -rf "$dist"
if [ "${2:-}" != compiled ]; then
  command -v mvn >/dev/null || {
    echo "onex: Maven 3.8 or newer is needed for the first build (command mvn); install it and run this again." >&2
    exit 1
  }
  echo "onex: first use; building from source, about a minute ..." >&2
  (cd "$home" && mvn -q -B -Dmaven.test.skip=true package) >"$log" 2>&1 || fail
fi

for part in cli server bench; do
  mkdir -p "$dist/$part"
  cp "$home/$part"/target/dist/lib/*.jar "$dist/$part/"
done

# One training run per program; without a cache the program still runs, only slower to start.
train() { # $1 = part, rest = the command
  part=$1
  shift
  # shellcheck disable=SC2086
  "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$dist/$part.aot" -Xlog:aot=off -Xlog:cds=off $OPTIONS \
    --enable-native-access=ALL-UNNAMED -cp "$dist/$part/*" "$@" >"$log" 2>&1 ||
    echo "onex: no start-up cache for $part; it will start slower." >&2
}
OPTIONS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
train cli io.onex.cli.Main --train
OPTIONS="-XX:+UseSerialGC"
train server io.onex.app.Main serve --train
touch "$dist/complete"
