# Sourced. find_java MIN prints the home of a Java of at least that version; reads $home/release
# rather than starting a JVM.

java_major() { # $1 = a Java home; prints the feature version, or nothing
  [ -x "$1/bin/java" ] || return 1
  version=
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release")
  fi
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9][0-9]*\).*/\1/p')
  [ -n "$version" ] && echo "$version"
}

find_java() { # $1 = least feature version
  for candidate in "${ONEX_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
    [ -n "$candidate" ] && found=$(java_major "$candidate") && [ "$found" -ge "$1" ] && {
      echo "$candidate"
      return 0
    }
  done
  on_path=$(command -v java) && on_path=$(readlink -f "$on_path") && candidate=${on_path%/bin/java} &&
    found=$(java_major "$candidate") && [ "$found" -ge "$1" ] && {
    echo "$candidate"
    return 0
  }
  best= best_version=0
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    [ -d "$candidate" ] || continue
    found=$(java_major "$candidate") || continue
    if [ "$found" -ge "$1" ] && [ "$found" -gt "$best_version" ]; then
      best=$candidate best_version=$found
    fi
  done
  [ -n "$best" ] && echo "$best"
}
