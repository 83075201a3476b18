package io.onex.app;

import io.onex.config.ConfigChange;
import io.onex.config.GatewayConfig;
import io.onex.config.RoutingConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Doubts whether a configuration file that can be read has been written to its end. Pure.
///
/// A file cut anywhere may be valid YAML with fewer rules, an address that lacks its last digits or
/// a destination that is switched on again. What is in doubt waits: nothing is lost by applying a
/// change later, while a record that was filtered or sent to the wrong place cannot be taken back.
/// A file that ends with the end mark of YAML, `...`, is whole by its own word.
final class HalfWritten {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final String TO_END_IT =
      "; end the file with a line of three dots (...) to apply it at once";

  private HalfWritten() {}

  /// A reason to wait.
  ///
  /// @param reason what looks unfinished, and what to do
  /// @param forGrace whether it is to wait for the whole grace rather than for `atMost`
  record Doubt(String reason, boolean forGrace, Duration atMost) {
    Duration patience(Duration grace) {
      return forGrace || grace.compareTo(atMost) < 0 ? grace : atMost;
    }
  }

  /// What is doubtful about `after`.
  ///
  /// @param before the file in force
  /// @param after the file now
  /// @param inPlace whether it was written where it stands; one that took the place of another was
  ///   written before
  /// @param inForce the configuration in force, which came from `before`
  static Optional<Doubt> about(
      FilesSeen before,
      FilesSeen after,
      boolean inPlace,
      GatewayConfig inForce,
      GatewayConfig next) {
    byte[] old = before.text();
    byte[] now = after.text();
    if (Arrays.equals(old, now) || isEndedInWords(now) || onlyLeaves(inForce, next)) {
      return Optional.empty();
    }
    if (now.length < old.length && Arrays.mismatch(old, now) == now.length) {
      return Optional.of(
          new Doubt(
              "it ends where the one in force goes on, as if it were written only to here"
                  + TO_END_IT,
              true,
              A_MINUTE));
    }
    if (inPlace && endsLine(old) && !endsLine(now)) {
      return Optional.of(new Doubt("its last line has no end" + TO_END_IT, false, A_MINUTE));
    }
    if (inPlace
        && (now.length < old.length || lostRules(inForce, next))
        && !lastLines(now).equals(lastLines(old))) {
      return Optional.of(
          new Doubt(
              "it lacks what the one in force has, and ends elsewhere" + TO_END_IT,
              false,
              A_MINUTE));
    }
    return Optional.empty();
  }

  /// Whether destinations leave and nothing else changes: what comes meanwhile is kept for them.
  private static boolean onlyLeaves(GatewayConfig inForce, GatewayConfig next) {
    ConfigChange change = ConfigChange.between(inForce, next);
    return change.added().isEmpty()
        && change.renamed().isEmpty()
        && change.changed().isEmpty()
        && inForce.routing().equals(next.routing())
        && !change.enrichment()
        && !change.logging()
        && change.needsRestart().isEmpty();
  }

  private static boolean lostRules(GatewayConfig inForce, GatewayConfig next) {
    return !inForce.routing().equals(RoutingConfig.EVERYTHING)
        && !next.routing().rules().containsAll(inForce.routing().rules());
  }

  private static boolean isEndedInWords(byte[] text) {
    String all = text(text).stripTrailing();
    return all.endsWith("\n...") || all.equals("...");
  }

  private static boolean endsLine(byte[] text) {
    return text.length > 0 && text[text.length - 1] == '\n';
  }

  /// The last lines of a text, as many as tell its end from that of another item of a list.
  private static String lastLines(byte[] text) {
    String[] lines = text(text).stripTrailing().split("\n", -1);
    return String.join(
        "\n", Arrays.asList(lines).subList(Math.max(0, lines.length - 3), lines.length));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
