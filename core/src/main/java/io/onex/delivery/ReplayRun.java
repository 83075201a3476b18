package io.onex.delivery;

import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.ReplayProgress;
import io.onex.log.replay.ReplayEnd;
import io.onex.log.replay.ReplayJob;
import io.onex.log.replay.ReplayJobs;
import io.onex.log.replay.ReplaySource;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import io.onex.thread.Pulse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/// Runs the replays of one destination, one after another in the order they were asked for: opens
/// what they read and writes down how they end. What is sent and when, the machine decides. Belongs
/// to the loop's owner.
final class ReplayRun {
  private static final Logger LOG = LogManager.getLogger(ReplayRun.class);

  private final DeliveryEnvironment environment;
  private final DestinationSetup setup;
  private final Predicate<Record> takes;
  private final DiskReads disk;
  private @Nullable Running running;

  /// @param letters what marks dead letters that arrived; absent when the log is replayed
  /// @param failure why the replay was given up, once it was; otherwise empty
  private record Running(
      long job, ReadAhead reading, @Nullable LetterStream letters, String failure) {}

  /// Where records that were read go, and what broke the reading; called on the reading thread.
  interface Told {
    void read(long job, JudgedRecords records);

    void failed(long job, RuntimeException bug);
  }

  ReplayRun(
      DeliveryEnvironment environment,
      DestinationSetup setup,
      Predicate<Record> takes,
      DiskReads disk) {
    this.environment = environment;
    this.setup = setup;
    this.takes = takes;
    this.disk = disk;
  }

  /// The sign of life of the thread that reads for the replay under way.
  Optional<Pulse> pulse() {
    Running now = running;
    return now == null ? Optional.empty() : Optional.of(now.reading().pulse());
  }

  /// Begins the next replay that is open, unless one is under way.
  ///
  /// @param entry where the destination stands, for one that goes on
  Optional<DeliveryInput.BeginReplay> next(CursorEntry entry, Told told) {
    while (running == null) {
      Optional<ReplayJob> next = jobs().next(setup.name());
      if (next.isEmpty()) {
        return Optional.empty();
      }
      try {
        Optional<DeliveryInput.BeginReplay> begun = begin(next.get(), entry, told);
        if (begun.isPresent()) {
          return begun;
        }
      } catch (InterruptedException e) {
        // All is being stopped; the replay is still open at the next start.
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Optional<DeliveryInput.BeginReplay> begin(ReplayJob job, CursorEntry entry, Told told)
      throws InterruptedException {
    ReplayProgress progress = progress(job, entry);
    if (job.cancelled()) {
      jobs().end(job.id(), ReplayEnd.State.CANCELLED, progress, "");
      return Optional.empty();
    }
    Position from = progress.cursor().lowWater();
    Position end = end(job.source());
    DestinationFilter filter;
    try {
      // A condition is compiled, which takes long the first time.
      filter = environment.computers().compute(() -> filter(job.source()));
    } catch (IllegalArgumentException e) {
      jobs().end(job.id(), ReplayEnd.State.FAILED, progress, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    Judge judge = new Judge(setup.name(), filter, takes);
    LetterStream letters =
        job.source() instanceof ReplaySource.Letters meant
            ? new LetterStream(environment, meant, from, judge, disk)
            : null;
    Function<Pulse, RecordStream> stream =
        pulse -> letters == null ? new StretchStream(environment, from, end, judge, disk) : letters;
    ReadAhead reading =
        ReadAhead.start(
            "replay " + setup.name() + "-" + job.id(),
            stream,
            new ReadAhead.Told(
                records -> told.read(job.id(), records), bug -> told.failed(job.id(), bug)));
    running = new Running(job.id(), reading, letters, "");
    return Optional.of(new DeliveryInput.BeginReplay(job.id(), job.source().from(), end));
  }

  private DestinationFilter filter(ReplaySource source) {
    return switch (source) {
      case ReplaySource.Stretch(Position _, Position _, var where) ->
          setup.replayRules().today(where);
      case ReplaySource.Letters _ -> record -> Verdict.DELIVER;
    };
  }

  private ReplayProgress progress(ReplayJob job, CursorEntry entry) {
    return entry
        .replay()
        .filter(before -> before.job() == job.id())
        .orElseGet(() -> ReplayProgress.at(job.id(), job.source().from()));
  }

  /// A log that recovered shorter may end before the replay does.
  private Position end(ReplaySource source) {
    Position durable = environment.log().durableEnd();
    boolean isBeyond =
        source instanceof ReplaySource.Stretch && source.end().compareTo(durable) > 0;
    return isBeyond ? durable : source.end();
  }

  void order(DeliveryAction.ReadReplay read) {
    if (running != null && running.job() == read.job()) {
      running.reading().order(new DeliveryAction.ReadMore(read.maxRecords(), read.maxBytes()));
    }
  }

  /// Notes what has its outcome, before the progress is saved.
  void settled(List<Settlement> settled) {
    LetterStream letters = running == null ? null : running.letters();
    if (letters == null) {
      return;
    }
    try {
      disk.onPool(() -> {
        letters.settled(settled);
        return settled;
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn(
          LogLine.of("dead letters arrived and cannot be marked; they may be sent again")
              .with(LogKeys.DESTINATION, setup.name())
              .with(LogKeys.REASON, String.valueOf(e.getMessage())));
    }
  }

  /// The replay cannot go on, for this reason; it ends once the machine has cancelled it.
  void failed(long job, RuntimeException bug) {
    if (running != null && running.job() == job) {
      LOG.error(
          LogLine.of("a replay failed").with(LogKeys.DESTINATION, setup.name()).with("replay", job),
          bug);
      running =
          new Running(
              job,
              running.reading(),
              running.letters(),
              "reading failed with " + bug.getClass().getSimpleName());
    }
  }

  /// Whether this replay is under way; one that is not and was cancelled ends here.
  boolean cancel(long job) {
    if (running != null && running.job() == job) {
      return true;
    }
    jobs()
        .find(job)
        .filter(ReplayJob::cancelled)
        .ifPresent(one ->
            jobs()
                .end(
                    job,
                    ReplayEnd.State.CANCELLED,
                    ReplayProgress.at(job, one.source().from()),
                    ""));
    return false;
  }

  /// The machine is done with the replay.
  void ended(DeliveryAction.EndReplay end) {
    String failure = running == null ? "" : running.failure();
    ReplayEnd.State state = ReplayEnd.State.COMPLETED;
    if (end.cancelled()) {
      state = failure.isEmpty() ? ReplayEnd.State.CANCELLED : ReplayEnd.State.FAILED;
    }
    jobs().end(end.progress().job(), state, end.progress(), failure);
    stop();
  }

  /// Stops reading; what was begun goes on with the next [#next].
  void stop() {
    if (running != null) {
      running.reading().end();
      running = null;
    }
  }

  private ReplayJobs jobs() {
    return environment.replays();
  }
}
