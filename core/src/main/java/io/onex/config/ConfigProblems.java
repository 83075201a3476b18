package io.onex.config;

import java.util.ArrayList;
import java.util.List;

/// Collects everything that is wrong, so that one run reports it all. One thread at a time.
public final class ConfigProblems {
  private final List<Problem> problems = new ArrayList<>();

  void add(Problem problem) {
    problems.add(problem);
  }

  public void error(Mark mark, String path, String message, String hint) {
    problems.add(new Problem(Problem.Severity.ERROR, mark, path, message, hint));
  }

  public void error(ConfigNode node, String message, String hint) {
    error(node.mark(), node.path(), message, hint);
  }

  public void warn(Mark mark, String path, String message, String hint) {
    problems.add(new Problem(Problem.Severity.WARNING, mark, path, message, hint));
  }

  public boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /// Number of errors so far.
  int errors() {
    return (int) problems.stream().filter(Problem::isError).count();
  }

  /// All problems in file order.
  public List<Problem> all() {
    return problems.stream().sorted(Problem.IN_FILE_ORDER).toList();
  }
}
