package io.onex.app;

import io.onex.enrichment.EnrichmentChange;
import io.onex.enrichment.EnrichmentRules;
import io.onex.json.JsonFields;
import io.onex.log.ControlRecord;
import io.onex.log.Log;
import io.onex.log.LogReader;
import io.onex.log.LogUnavailableException;
import io.onex.log.Position;
import io.onex.log.Record;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Sees to it that the rules and the enrichment of the configuration stand in the log before
/// anything is taken in.
///
/// A small file each remembers what was announced last and where, only to spare the log a record
/// per start: when it is missing or wrong, or the log does not hold that record any more, the same
/// is announced once more, which changes nothing. Who announces anything else while the gateway
/// runs has to [#forget] first.
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
    if (stands(epoch, read(file))) {
      return Optional.empty();
    }
    RecordWriter record = new RecordWriter(4096);
    change.accept(record);
    Position at = log.append(record).start();
    write(file, epoch + " " + at.offset());
    return Optional.of(at);
  }

  /// Whether the log holds what was announced, where it was: segments may have gone since.
  private boolean stands(String epoch, String remembered) throws InterruptedException {
    long offset = offset(remembered);
    if (!remembered.startsWith(epoch + " ")
        || offset < log.start().offset()
        || offset >= log.durableEnd().offset()) {
      return false;
    }
    Position at = new Position(0, offset);
    try (LogReader reader = log.reader(at)) {
      List<Record> records = reader.read(1, 1).records();
      return !records.isEmpty()
          && records.getFirst() instanceof ControlRecord change
          && change.position().equals(at)
          && JsonFields.textIs(JsonFields.find(change.body(), "epoch"), epoch);
    } catch (IOException e) {
      return false;
    }
  }

  private static long offset(String announced) {
    String digits = announced.substring(announced.indexOf(' ') + 1);
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : Long.MAX_VALUE;
  }

  /// Forgets what was announced, before something else is: whatever happens then, the next start
  /// announces what its configuration says.
  ///
  /// @throws LogUnavailableException when it cannot be forgotten, so that nothing may be announced
  static void forget(Storage storage) throws LogUnavailableException {
    try {
      for (String file : List.of(RULES, ENRICHMENT)) {
        storage.delete(file);
      }
      if (storage.exists("rules")) {
        storage.forceDirectory("rules");
      }
    } catch (IOException e) {
      throw new LogUnavailableException(
          "the rules in force cannot be changed, as what was announced before cannot be removed from"
              + " the folder 'rules' of the data folder: "
              + e.getMessage(),
          e);
    }
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
