package io.onex.metric.mapping;

import io.onex.config.Glob;
import io.onex.operation.Operation;
import io.onex.operation.OperationError;
import io.onex.operation.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Counts the executions of validator nodes as validation runs.
///
/// No ONEX event speaks of validation as such; a node whose name matches one of the configured
/// patterns is taken for a validator, and its name for the validator's type.
final class ValidationMetrics {
  /// Node names whose answer is remembered.
  private static final int MAX_KNOWN = 65_536;

  /// Before the component in `ONEX_VALID_101`, `ONEX_CORE_021_FILE_NOT_FOUND` (onex-facts d,
  /// schemes 1 and 2).
  private static final String ONEX = "ONEX_";

  /// Characters of `SC001` (scheme 3).
  private static final int SHORT_CODE = 5;

  private static final Map<String, String> TAXONOMY =
      Map.of(
          "SC", "schema",
          "LC", "lifecycle",
          "MD", "metadata",
          "FS", "file",
          "RG", "registry",
          "ST", "state",
          "TS", "tests",
          "CI", "pipeline",
          "NE", "node_execution");

  private final EventFamilies families;
  private final List<Glob> validators;
  private final Map<Symbol, Boolean> known = new HashMap<>();

  ValidationMetrics(EventFamilies families, List<Glob> validators) {
    this.families = families;
    this.validators = validators;
  }

  void ended(Operation operation, Symbol nodeName, Symbol status, double seconds) {
    if (!isValidator(nodeName)) {
      return;
    }
    families.validationRuns.increment(nodeName, status);
    if (operation.hasDuration()) {
      families.validationDuration.observe(
          seconds, operation.trace(), operation.endMicros(), nodeName);
    }
    OperationError error = operation.error();
    if (error != null) {
      families.validationErrors.increment(
          Symbol.of(category(error)),
          error.code().isEmpty() ? Values.UNKNOWN : Symbol.of(error.code()),
          error.code().startsWith("ONEX_SYS_9") ? Values.CRITICAL : Values.ERROR);
    }
  }

  private boolean isValidator(Symbol nodeName) {
    Boolean answer = known.get(nodeName);
    if (answer == null) {
      answer = validators.stream().anyMatch(glob -> glob.matches(nodeName.utf8()));
      if (known.size() < MAX_KNOWN) {
        known.put(nodeName, answer);
      }
    }
    return answer;
  }

  /// The part of the system that the code names, else the type of the error.
  static String category(OperationError error) {
    String code = error.code();
    if (code.startsWith(ONEX)) {
      int end = letters(code, ONEX.length());
      if (end > ONEX.length() && code.startsWith("_", end) && digits(code, end + 1) > end + 1) {
        return code.substring(ONEX.length(), end).toLowerCase(Locale.ROOT);
      }
    }
    if (code.length() == SHORT_CODE && letters(code, 0) == 2 && digits(code, 2) == SHORT_CODE) {
      String category = TAXONOMY.get(code.substring(0, 2));
      if (category != null) {
        return category;
      }
    }
    return error.type().isEmpty() ? "unknown" : error.type();
  }

  private static int letters(String text, int from) {
    int p = from;
    while (p < text.length() && text.charAt(p) >= 'A' && text.charAt(p) <= 'Z') {
      p++;
    }
    return p;
  }

  private static int digits(String text, int from) {
    int p = from;
    while (p < text.length() && text.charAt(p) >= '0' && text.charAt(p) <= '9') {
      p++;
    }
    return p;
  }
}
