package io.onex.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.config.Problem;
import io.onex.output.Cells;
import io.onex.output.Outcome;
import io.onex.output.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is wrong with a configuration, and who can be reached.
///
/// @param probes empty when nobody was asked
record ConfigFindings(List<Problem> problems, List<Probed> probes) {
  private static final String FINE = "the configuration is fine";

  ConfigFindings {
    problems = List.copyOf(problems);
    probes = List.copyOf(probes);
  }

  /// Whether a destination can be reached.
  enum Reach {
    REACHABLE("reachable"),
    UNKNOWN("cannot tell"),
    UNREACHABLE("not reachable");

    private final String words;

    Reach(String words) {
      this.words = words;
    }
  }

  /// What a destination said.
  record Probed(String destination, Reach reach, String detail) {
    @Override
    public String toString() {
      return destination + ": " + reach.words + ", " + detail;
    }
  }

  Outcome outcome() {
    if (problems.stream().anyMatch(Problem::isError)) {
      return Outcome.ERROR;
    }
    boolean reached = probes.stream().noneMatch(probe -> probe.reach() == Reach.UNREACHABLE);
    return problems.isEmpty() && reached ? Outcome.SUCCESS : Outcome.WARNING;
  }

  /// For people, a finding each.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    problems.forEach(problem -> lines.add(problem.toString()));
    probes.forEach(probe -> lines.add(probe.toString()));
    if (outcome() == Outcome.SUCCESS) {
      lines.add(FINE);
    }
    return lines;
  }

  /// For programs; the rows are the problems, behind them the destinations.
  Result result() {
    List<String> messages = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    problems.forEach(problem -> errors.add(problem.toString()));
    probes.forEach(
        probe -> (probe.reach() == Reach.UNREACHABLE ? errors : messages).add(probe.toString()));
    if (outcome() == Outcome.SUCCESS) {
      messages.add(FINE);
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode told = data.putArray("problems");
    problems.forEach(problem -> told.add(object(problem)));
    ArrayNode asked = data.putArray("destinations");
    for (Probed probe : probes) {
      asked
          .addObject()
          .put("name", probe.destination())
          .put("reach", probe.reach().name().toLowerCase(Locale.ROOT))
          .put("detail", probe.detail());
    }
    var wrong =
        Cells.table("", told, "severity", "file", "line", "column", "path", "message", "hint");
    return new Result(
        outcome(),
        messages,
        errors,
        data,
        asked.isEmpty()
            ? List.of(wrong)
            : List.of(wrong, Cells.table("", asked, "name", "reach", "detail")));
  }

  private static ObjectNode object(Problem problem) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
        .put("file", problem.mark().file())
        .put("line", problem.mark().line())
        .put("column", problem.mark().column())
        .put("path", problem.path())
        .put("message", problem.message())
        .put("hint", problem.hint());
  }
}
