package io.onex.ingest;

import io.onex.log.deadletter.DeadLetter;
import io.onex.log.deadletter.DeadLetters;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.thread.Crew;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Keeps what was refused as dead letters. Safe for use by many threads.
final class RefusedInput {
  private static final Logger LOG = LogManager.getLogger(RefusedInput.class);

  private final DeadLetters letters;
  private final Clock clock;
  private final Crew crew;
  private final IntakeCounters counters;

  /// @param crew writes them
  RefusedInput(DeadLetters letters, Clock clock, Crew crew, IntakeCounters counters) {
    this.letters = letters;
    this.clock = clock;
    this.crew = crew;
    this.counters = counters;
  }

  /// The client has its answer either way, so a full disk only costs the copies, and is counted.
  void keep(List<DecodedBatch.RefusedText> texts, Provenance from) throws InterruptedException {
    boolean kept =
        crew.compute(() -> {
          try {
            letters.keep(letters(texts, from));
            return true;
          } catch (IOException e) {
            LOG.warn(
                LogLine.of("Refused input could not be kept")
                    .with(LogKeys.SOURCE, from.source())
                    .with(LogKeys.REASON, e.toString()));
            return false;
          }
        });
    if (!kept) {
      counters.unkept(texts.size());
    }
  }

  private List<DeadLetter> letters(List<DecodedBatch.RefusedText> texts, Provenance from) {
    long nowMicros = clock.wallMicros();
    return texts.stream()
        .map(text ->
            DeadLetter.refused(
                from.source(),
                text.rejection().code(),
                sentence(text.rejection(), from),
                nowMicros,
                text.redacted()))
        .toList();
  }

  private static String sentence(Rejection rejection, Provenance from) {
    String field = rejection.field().isEmpty() ? "" : rejection.field() + ": ";
    return field + rejection.message() + " (" + from.place(rejection.offset()) + ")";
  }
}
