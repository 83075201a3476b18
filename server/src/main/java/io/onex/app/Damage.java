package io.onex.app;

import io.onex.log.cursor.CursorEvent;
import io.onex.log.fold.CheckpointProblem;
import io.onex.segment.SegmentProblem;
import io.onex.telemetry.Counter;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.telemetry.Telemetry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// What was found damaged in the data directory since the start: each is said once in the log,
/// counted, and kept for the status until the next start. Safe for many threads.
final class Damage {
  private static final Logger LOG = LogManager.getLogger(Damage.class);

  /// The [CursorEvent]s that are damage.
  private static final List<String> CURSORS =
      List.of("cursor_lost", "cursor_clamped", "cursor_entry_damaged", "cursor_journal_unusable");

  private static final String CHECKPOINT = "checkpoint_unusable";

  private final Telemetry telemetry;
  private final List<String> sentences = new CopyOnWriteArrayList<>();

  Damage(Telemetry telemetry) {
    this.telemetry = telemetry;
    // At 0 from the start, so that the first is an increase.
    for (SegmentProblem.Kind kind : SegmentProblem.Kind.values()) {
      counter(kind(kind));
    }
    counter(CHECKPOINT);
    CURSORS.forEach(this::counter);
  }

  /// A place of the log. The log keeps its problems itself, so that it is not among [#sentences].
  void found(SegmentProblem problem) {
    counter(kind(problem.kind())).increment();
    LOG.error(LogLine.of("The log has a damaged place").with(LogKeys.REASON, problem.message()));
  }

  /// A checkpoint of a fold.
  void found(CheckpointProblem problem) {
    counter(CHECKPOINT).increment();
    sentences.add(problem.sentence());
    LOG.error(
        LogLine.of("Checkpoint cannot be used")
            .with(LogKeys.FILE, problem.path())
            .with(LogKeys.REASON, problem.sentence()));
  }

  /// Something that happened to cursors; what is no damage is said and no more.
  void found(CursorEvent event) {
    switch (event) {
      case CursorEvent.Began _,
          CursorEvent.Renamed _,
          CursorEvent.Removed _,
          CursorEvent.Forgotten _,
          CursorEvent.Overtaken _ ->
          LOG.info(LogLine.of("Cursor of a destination").with(LogKeys.REASON, event.sentence()));
      case CursorEvent.CursorLost _,
          CursorEvent.Clamped _,
          CursorEvent.EntryDamaged _,
          CursorEvent.JournalUnusable _ -> {
        counter(event.code()).increment();
        sentences.add(event.sentence());
        LOG.error(LogLine.of("Cursors are damaged").with(LogKeys.REASON, event.sentence()));
      }
    }
  }

  /// What happened to cursors and checkpoints and what follows, for people.
  List<String> sentences() {
    return List.copyOf(sentences);
  }

  private static String kind(SegmentProblem.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Counter counter(String kind) {
    return telemetry.counter(
        "onex_gateway_damage_total",
        "Damaged places found in the files of the data directory.",
        Map.of("kind", kind));
  }
}
