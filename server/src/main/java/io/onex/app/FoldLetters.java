package io.onex.app;

import io.onex.log.Record;
import io.onex.log.deadletter.DeadLetter;
import io.onex.log.deadletter.DeadLetterCount;
import io.onex.log.deadletter.DeadLetters;
import io.onex.log.fold.FoldFailure;
import io.onex.log.fold.FoldFailures;
import io.onex.telemetry.Counter;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.telemetry.Telemetry;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Keeps the records that folds pass over as dead letters named `fold:NAME`, a name that no
/// destination can have. Any thread.
final class FoldLetters implements FoldFailures {
  /// Letters of one fold kept between two starts. The record itself stays in the log; more copies
  /// would push out those of records that nobody else has.
  private static final long MOST_KEPT = 1_000;

  private static final Logger LOG = LogManager.getLogger(FoldLetters.class);

  private final DeadLetters letters;
  private final Telemetry telemetry;
  private final Clock clock;

  /// Letters by fold, those of earlier lives included.
  private final Map<String, Long> passedOver = new ConcurrentHashMap<>();

  private final Map<String, Long> keptNow = new ConcurrentHashMap<>();

  FoldLetters(DeadLetters letters, Telemetry telemetry, Clock clock) {
    this.letters = letters;
    this.telemetry = telemetry;
    this.clock = clock;
    for (DeadLetterCount count : letters.counts()) {
      if (DeadLetter.isOfFold(count.name())) {
        passedOver.merge(count.name(), count.letters(), Long::sum);
      }
    }
  }

  /// Begins the counters of a fold at 0, so that a rate sees the first of what they count.
  void begin(String fold) {
    failures(fold);
    passedOver(fold, FoldFailure.FAILED);
    passedOver(fold, FoldFailure.FATAL);
  }

  private Counter failures(String fold) {
    return telemetry.counter(
        "onex_gateway_fold_failures_total",
        "How often a fold threw, over a record or the passing of time; a bug to be reported.",
        Map.of("fold", fold));
  }

  private Counter passedOver(String fold, String reason) {
    return telemetry.counter(
        "onex_gateway_fold_dead_letters_total",
        "Records that a fold passed over, by reason.",
        Map.of("fold", fold, "reason", reason));
  }

  @Override
  public void keep(FoldFailure failure) throws IOException {
    String name = DeadLetter.nameOfFold(failure.fold());
    if (keptNow.getOrDefault(name, 0L) < MOST_KEPT) {
      Record record = failure.record();
      letters.keep(
          List.of(
              DeadLetter.of(
                  name, record, failure.reason(), failure.sentence(), clock.wallMicros(), 0)));
      keptNow.merge(name, 1L, Long::sum);
    }
    passedOver.merge(name, 1L, Long::sum);
    passedOver(failure.fold(), failure.reason()).increment();
    LOG.error(
        LogLine.of("A fold passed a record over")
            .with(LogKeys.CODE, failure.reason())
            .with(LogKeys.POSITION, failure.record().position().toString())
            .with(LogKeys.REASON, failure.sentence()));
  }

  @Override
  public void failed(String fold, Throwable failure) {
    failures(fold).increment();
    // A stack overflow has a thousand lines of the same; the innermost tell.
    StackTraceElement[] trace = failure.getStackTrace();
    if (trace.length > 40) {
      failure.setStackTrace(java.util.Arrays.copyOf(trace, 40));
    }
    LOG.error(LogLine.of("A fold threw; please report this").with("fold", fold), failure);
  }

  /// Records that a fold passed over, as far as their letters are kept, and since the start.
  long count(String fold) {
    return passedOver.getOrDefault(DeadLetter.nameOfFold(fold), 0L);
  }

  /// What was passed over, for people.
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    new TreeMap<>(passedOver)
        .forEach((name, count) ->
            sentences.add(
                "%d records are not part of the state of %s, which could not take them; `onex dead-letters --destination %s` shows them"
                    .formatted(count, name, name)));
    return sentences;
  }
}
