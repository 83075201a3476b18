package io.onex.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `onex serve` was asked for.
///
/// @param config configuration file; the defaults when absent
/// @param data goes before `log.dir` of the configuration
/// @param listen goes before `server.listeners` of the configuration, as `HOST:PORT`
/// @param insecure whether addresses other than loopback are allowed although nothing guards them
/// @param demo whether pretend nodes post events
/// @param train whether to start, answer a few requests and stop, to fill a start-up cache
record ServeOptions(
    Optional<Path> config,
    Optional<Path> data,
    Optional<String> listen,
    boolean insecure,
    boolean demo,
    boolean train) {
  static final String USAGE =
      """
      onex serve [--config FILE] [--data DIR] [--listen HOST:PORT] [--insecure] [--demo]

        -c, --config FILE       configuration; without one everything has its default
        -d, --data DIR          where the log and all state lie (./onex-data)
        -l, --listen HOST:PORT  where to listen (127.0.0.1:8420)
            --insecure          allow an address that other machines reach; nobody is asked who they are
            --demo              a few pretend nodes post events\
      """;

  private static final Set<String> VALUED =
      Set.of("--config", "-c", "--data", "-d", "--listen", "-l");
  private static final Set<String> SWITCHES = Set.of("--insecure", "--demo", "--train");

  static ServeOptions parse(List<String> words) throws UsageException {
    Arguments arguments = new Arguments(words, VALUED, SWITCHES);
    if (!arguments.rest().isEmpty()) {
      throw new UsageException("serve takes options only, not " + arguments.rest().getFirst());
    }
    return new ServeOptions(
        arguments.value("--config").or(() -> arguments.value("-c")).map(Path::of),
        arguments.value("--data").or(() -> arguments.value("-d")).map(Path::of),
        arguments.value("--listen").or(() -> arguments.value("-l")),
        arguments.has("--insecure"),
        arguments.has("--demo"),
        arguments.has("--train"));
  }
}
