package io.onex.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What came of reading a configuration file.
///
/// @param config nothing when there is any error
/// @param routing what later checks can say something about even then
/// @param tree where each setting stands
/// @param problems all errors and warnings, in file order
/// @param files whose content was filled in, or was to be
public record Loaded(
    Optional<GatewayConfig> config,
    ReadableRouting routing,
    ConfigTree tree,
    List<Problem> problems,
    Set<Path> files) {
  public Loaded {
    files = Set.copyOf(files);
    problems = List.copyOf(problems);
  }

  public boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /// The configuration.
  ///
  /// @throws ConfigException when there is any error
  public GatewayConfig orThrow() throws ConfigException {
    if (hasErrors() || config.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config.get();
  }

  /// The same, with what a later check found; without the configuration when that holds an error.
  public Loaded with(List<Problem> more) {
    List<Problem> all = new ArrayList<>(problems);
    all.addAll(more);
    all.sort(Problem.IN_FILE_ORDER);
    boolean refused = more.stream().anyMatch(Problem::isError);
    return new Loaded(refused ? Optional.empty() : config, routing, tree, all, files);
  }

  /// The same with a configuration that goes before that of the file, when there is one.
  public Loaded overridden(UnaryOperator<GatewayConfig> by) {
    return new Loaded(config.map(by), routing, tree, problems, files);
  }
}
