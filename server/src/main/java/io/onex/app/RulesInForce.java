package io.onex.app;

import io.onex.log.Log;
import io.onex.log.LogUnavailableException;
import io.onex.log.RecordWriter;
import io.onex.routing.Rules;
import io.onex.routing.RulesChange;
import io.onex.storage.Storage;
import io.onex.storage.StorageFile;
import io.onex.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Sees to it that the rules of the configuration stand in the log before anything is taken in.
///
/// A small file remembers which rules were announced last, only to spare the log a record per
/// start: when it is missing or wrong, the rules are announced once more, which changes nothing.
final class RulesInForce {
  private static final String FILE = "rules/announced";

  private final Storage storage;
  private final Log log;
  private final Clock clock;

  RulesInForce(Storage storage, Log log, Clock clock) {
    this.storage = storage;
    this.log = log;
    this.clock = clock;
  }

  /// @throws UsageException when the log cannot append now
  void announce(Rules rules) throws UsageException, IOException, InterruptedException {
    String announced = rules.epoch() + " " + log.durableEnd().offset();
    String before = read();
    boolean known =
        before.startsWith(rules.epoch() + " ") && offset(before) <= log.durableEnd().offset();
    if (known) {
      return;
    }
    RecordWriter record = new RecordWriter(4096);
    RulesChange.write(record, rules, clock.wallMicros());
    try {
      log.append(record);
    } catch (LogUnavailableException e) {
      throw new UsageException("the rules cannot be made durable: " + e.getMessage());
    }
    write(announced);
  }

  private static long offset(String announced) {
    String digits = announced.substring(announced.indexOf(' ') + 1);
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : Long.MAX_VALUE;
  }

  private String read() throws IOException {
    if (!storage.exists(FILE)) {
      return "";
    }
    try (StorageFile file = storage.openForReading(FILE)) {
      ByteBuffer bytes = ByteBuffer.allocate(100);
      int length = file.read(bytes, 0);
      return length <= 0 ? "" : new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
    }
  }

  private void write(String announced) throws IOException {
    try (StorageFile file = storage.open(FILE)) {
      file.truncate(0);
      file.write(ByteBuffer.wrap(announced.getBytes(StandardCharsets.UTF_8)), 0);
    }
  }
}
