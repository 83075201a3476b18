package io.onex.app;

import io.onex.api.FoldView;
import io.onex.api.GatewayView;
import io.onex.api.ProgressWatch;
import io.onex.bytes.Slice;
import io.onex.delivery.ExpositionSource;
import io.onex.log.Log;
import io.onex.log.Position;
import io.onex.log.fold.CheckpointProblem;
import io.onex.log.fold.Checkpoints;
import io.onex.log.fold.FoldRunner;
import io.onex.log.fold.FoldRunnerOptions;
import io.onex.log.fold.FoldRunnerProgress;
import io.onex.metric.exposition.Exposition;
import io.onex.metric.exposition.ExpositionFormat;
import io.onex.metric.exposition.ExpositionPart;
import io.onex.metric.mapping.EventMetrics;
import io.onex.metric.mapping.EventMetricsSettings;
import io.onex.metric.model.MetricFamily;
import io.onex.routing.RuleHistory;
import io.onex.routing.TracingRules;
import io.onex.storage.Storage;
import io.onex.thread.Crew;
import io.onex.thread.Pulse;
import io.onex.time.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The state that is made of the log: rules by position, operations, metrics about events.
final class Folds implements AutoCloseable {
  /// How far sources may be ahead of the folds: what these read next is then still in memory, which
  /// makes them a third faster, and metrics are never more than a fraction of a second old.
  private static final long MOST_AHEAD_RECORDS = 32_768;

  private static final Duration LONGEST_HOLD = Duration.ofMillis(100);

  /// A fold that takes longer for one batch hangs; those who ask do not hang with it.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private static final Duration LONGEST_SETTLING = Duration.ofMillis(250);

  private final EventMetrics metrics;
  private final RuleHistory rules;
  private final FoldLetters letters;
  private final FoldRunner runner;
  private volatile GatewayView.Operations operations = new GatewayView.Operations(0, 0);
  private final Log log;

  private Folds(
      EventMetrics metrics, RuleHistory rules, FoldLetters letters, FoldRunner runner, Log log) {
    this.log = log;
    this.metrics = metrics;
    this.rules = rules;
    this.letters = letters;
    this.runner = runner;
  }

  /// Restores the folds and starts driving them.
  static Folds start(
      Log log,
      long logEpoch,
      Storage storage,
      Clock clock,
      EventMetricsSettings settings,
      RuleHistory rules,
      FoldLetters letters) {
    EventMetrics metrics = new EventMetrics(settings, new TracingRules(rules));
    FoldRunner runner =
        FoldRunner.start(
            List.of(rules, metrics),
            log,
            new Checkpoints(storage, "checkpoints", clock),
            clock,
            FoldRunnerOptions.DEFAULT.withEpochs(() -> 0, logEpoch),
            letters);
    letters.begin(rules.name());
    letters.begin(metrics.name());
    return new Folds(metrics, rules, letters, runner, log);
  }

  /// What was wrong with checkpoints at the start.
  List<CheckpointProblem> problems() {
    return runner.problems();
  }

  /// What was passed over, for people.
  List<String> passedOver() {
    return letters.sentences();
  }

  /// Whether the rules of every record that was there at the start are known.
  boolean knowsRules() {
    return progressOf(rules.name()).map(FoldRunnerProgress::caughtUp).orElse(false);
  }

  /// The metrics about events; empty until every record that was there at the start is counted.
  Optional<List<MetricFamily>> families() {
    boolean caughtUp = progressOf(metrics.name()).map(FoldRunnerProgress::caughtUp).orElse(false);
    return caughtUp ? ask(metrics::families) : Optional.empty();
  }

  /// The metrics about events as they are pushed, written on `crew` part by part.
  ExpositionSource expositions(Crew crew) {
    return () -> {
      // Taken first, so that all before it is counted for certain.
      Position upTo =
          progressOf(metrics.name()).map(FoldRunnerProgress::position).orElse(Position.START);
      Iterator<ExpositionPart> parts =
          crew.compute(() -> families().map(ExpositionPart::of))
              .orElseThrow(() -> new IOException("not all records are counted yet after the start"))
              .iterator();
      return new ExpositionSource.Exposition(upTo, () -> next(parts, crew));
    };
  }

  private static @Nullable Slice next(Iterator<ExpositionPart> parts, Crew crew)
      throws InterruptedIOException {
    if (!parts.hasNext()) {
      return null;
    }
    ExpositionPart part = parts.next();
    try {
      return crew.compute(() -> Slice.of(Exposition.write(part, ExpositionFormat.PROMETHEUS_TEXT)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the gateway stops");
    }
  }

  /// Waits while the folds are far behind.
  ///
  /// @return whether it had to
  boolean hold() throws InterruptedException {
    return runner.awaitNear(MOST_AHEAD_RECORDS, LONGEST_HOLD);
  }

  /// Waits a moment until the records there are have been folded, so that what follows from the
  /// last of them is still delivered when the gateway stops.
  void settle() throws InterruptedException {
    runner.awaitNear(0, LONGEST_SETTLING);
  }

  List<FoldRunnerProgress> progress() {
    return runner.progress();
  }

  /// The sign of life of the thread that drives them.
  Pulse pulse() {
    return runner.pulse();
  }

  /// @param stuck what stands still: what a fold wrote last is then not how it is now
  List<FoldView> views(List<ProgressWatch.Stuck> stuck) {
    return runner.progress().stream().map(one -> view(one, stuck)).toList();
  }

  private FoldView view(FoldRunnerProgress one, List<ProgressWatch.Stuck> stuck) {
    // The thread's own reason says more than that nothing is done.
    Optional<String> still =
        reason(stuck, runner.pulse().name()).or(() -> reason(stuck, "fold " + one.fold()));
    return new FoldView(
        one.fold(),
        one.position().offset(),
        lag(one, log),
        one.caughtUp() && still.isEmpty(),
        letters.count(one.fold()),
        one.failure().or(() -> still).orElse(""));
  }

  private static Optional<String> reason(List<ProgressWatch.Stuck> stuck, String name) {
    return stuck.stream()
        .filter(each -> each.name().equals(name))
        .map(ProgressWatch.Stuck::reason)
        .findFirst();
  }

  /// Records that are durable now and that a fold has not taken in.
  static long lag(FoldRunnerProgress fold, Log log) {
    return Math.max(0, log.durableEnd().offset() - fold.position().offset());
  }

  /// Those of the last time when a fold hangs now.
  GatewayView.Operations operations() {
    Optional<GatewayView.Operations> now =
        ask(() -> new GatewayView.Operations(metrics.running(), metrics.operationCounts().stuck()));
    now.ifPresent(counted -> operations = counted);
    return operations;
  }

  private <T> Optional<T> ask(Supplier<T> question) {
    try {
      return runner.ask(question, LONGEST_WAIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    runner.close();
  }

  private Optional<FoldRunnerProgress> progressOf(String fold) {
    return runner.progress().stream().filter(one -> one.fold().equals(fold)).findFirst();
  }
}
