package io.onex.app;

import io.onex.enrichment.EnrichmentChange;
import io.onex.enrichment.EnrichmentRules;
import io.onex.log.Log;
import io.onex.log.LogUnavailableException;
import io.onex.log.Position;
import io.onex.log.RecordWriter;
import io.onex.routing.RuleHistory;
import io.onex.routing.Rules;
import io.onex.routing.RulesChange;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Sees to it that the rules and the enrichment of the configuration stand in the log before
/// anything is taken in.
///
/// A small file each remembers what was announced last, only to spare the log a record per start:
/// when it is missing or wrong, the same is announced once more, which changes nothing.
final class RulesInForce {
  private static final String RULES = "rules/announced";
  private static final String ENRICHMENT = "rules/announced-enrichment";

  private static final Logger LOG = LogManager.getLogger(RulesInForce.class);

  private final Storage storage;
  private final Log log;
  private final RuleHistory rules;
  private final Clock clock;

  /// @param rules is told of what is announced at once: what came while a destination was away is
  ///   judged by the rules it comes back with, which stand behind it in the log
  RulesInForce(Storage storage, Log log, RuleHistory rules, Clock clock) {
    this.storage = storage;
    this.log = log;
    this.rules = rules;
    this.clock = clock;
  }

  /// @throws LogUnavailableException when the log cannot append now
  void announce(Rules now) throws LogUnavailableException, InterruptedException {
    Optional<Position> at =
        announce(RULES, now.epoch(), to -> RulesChange.write(to, now, clock.wallMicros()));
    at.ifPresent(position -> rules.add(position.offset(), now));
  }

  /// @throws LogUnavailableException when the log cannot append now
  void announce(EnrichmentRules rules) throws LogUnavailableException, InterruptedException {
    announce(
        ENRICHMENT, rules.epoch(), to -> EnrichmentChange.write(to, rules, clock.wallMicros()));
  }

  private Optional<Position> announce(String file, String epoch, Consumer<RecordWriter> change)
      throws LogUnavailableException, InterruptedException {
    String announced = epoch + " " + log.durableEnd().offset();
    String before = read(file);
    if (before.startsWith(epoch + " ") && offset(before) <= log.durableEnd().offset()) {
      return Optional.empty();
    }
    RecordWriter record = new RecordWriter(4096);
    change.accept(record);
    Position at = log.append(record).start();
    write(file, announced);
    return Optional.of(at);
  }

  private static long offset(String announced) {
    String digits = announced.substring(announced.indexOf(' ') + 1);
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : Long.MAX_VALUE;
  }

  private String read(String name) {
    try {
      return storage.exists(name) ? text(name) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private String text(String name) throws IOException {
    try (StorageFile file = storage.openForReading(name)) {
      ByteBuffer bytes = ByteBuffer.allocate(100);
      int length = file.read(bytes, 0);
      return length <= 0 ? "" : new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
    }
  }

  private void write(String name, String announced) {
    try (StorageFile file = storage.open(name)) {
      file.truncate(0);
      file.write(ByteBuffer.wrap(announced.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      LOG.warn(
          LogLine.of("What was announced is not remembered; the next start announces it again")
              .with(LogKeys.FILE, name)
              .with(LogKeys.REASON, String.valueOf(e.getMessage())));
    }
  }
}
