# Builds one module quietly, when its sources have changed, and runs its main class.
# Sourced by ./demo and ./bench; needs bash, a JDK (17 or later) and Maven, nothing else.

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Sets java to the program to run: the one Maven uses too.
find_java() {
  local home="${JAVA_HOME:-}" version major
  java=java
  [[ -n "$home" && -x "$home/bin/java" ]] && java="$home/bin/java"
  command -v "$java" >/dev/null || fail \
    "Java was not found." \
    "Install a JDK, version 17 or later, and put it on the PATH or set JAVA_HOME."
  version="$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)"
  major="${version#1.}"
  major="${major%%[.+-]*}"
  [[ "$major" =~ ^[0-9]+$ && "$major" -ge 17 ]] || fail \
    "Java 17 or later is needed; '$java' is version ${version:-unknown}." \
    "Install a newer JDK and put it first on the PATH or set JAVA_HOME."
}

find_maven() {
  command -v mvn >/dev/null || fail \
    "Maven was not found." \
    "Install Maven, version 3.8 or later, and put 'mvn' on the PATH."
}

# is_built ROOT MODULE STAMP: whether no source is newer than the last build that went well.
is_built() {
  local root="$1" module="$2" stamp="$3"
  [[ -e "$stamp" && -d "$root/$module/target/classes" && -d "$root/$module/target/lib" ]] || return 1
  # Directories count too: theirs is the only date that a removed file changes.
  [[ -z "$(find "$root" -mindepth 1 \( -name target -o -name .git -o -path '*/src/test' \) -prune -o \
    \( -name pom.xml -o -path '*/src/main*' \) -newer "$stamp" -print -quit)" ]]
}

# launch ROOT MODULE MAIN_CLASS ARGUMENT...: does not return.
# SCIENTIST_JAVA_OPTIONS, such as -Xmx2g, goes to the program's Java.
launch() {
  local root="$1" module="$2" main_class="$3"
  local target="$root/$module/target"
  local stamp="$target/launch.stamp" log="$target/launch.log"
  shift 3

  find_java
  if ! is_built "$root" "$module" "$stamp"; then
    find_maven
    echo "Building $module (the first time Maven also fetches its libraries, which takes a minute or two) ..." >&2
    mkdir -p "$target"
    rm -rf "$target/lib" "$stamp"
    touch "$stamp.new"
    # The checks that a run does not need are left to 'mvn verify'; what is compiled is the same.
    (cd "$root" && mvn -B -pl "$module" -am package -Dmaven.test.skip=true -Denforcer.skip=true \
      -Dspotless.check.skip=true -Dmaven.javadoc.skip=true -Dmaven.source.skip=true) >"$log" 2>&1 || {
      grep -E '^ *\[(ERROR|WARNING)\]' "$log" >&2 || tail -n 40 "$log" >&2
      fail "" "The build failed; all that Maven said stands in $log."
    }
    mv "$stamp.new" "$stamp"
  fi
  # A program cannot ask how wide its terminal is; the shell can.
  if [[ -t 1 && -z "${COLUMNS:-}" ]] && command -v tput >/dev/null; then
    COLUMNS="$(tput cols 2>/dev/null || true)"
    export COLUMNS
  fi
  exec "$java" ${SCIENTIST_JAVA_OPTIONS:-} -cp "$target/classes:$target/lib/*" "$main_class" "$@"
}
