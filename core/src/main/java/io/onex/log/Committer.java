package io.onex.log;

import io.onex.segment.BlockCodec;
import io.onex.segment.SegmentStore;
import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// The one thread that appends: takes what has come together since its last commit, finds the
/// duplicates, writes, forces once and answers everybody.
///
/// A failed group leaves nothing behind: the file is cut back, its ids are forgotten, all its
/// appenders are told, and the next group starts afresh, so a disk that has room again is used
/// again without anybody's help.
final class Committer {
  private final LogParts parts;
  private final SubmissionQueue queue;
  private final DuplicateWindow window;
  private final SharedBlock shared;
  private final AppendCounters counters = new AppendCounters();
  private final Consumer<Commit> published;
  private volatile long logTimeMicros;
  private volatile String failed = "";

  /// What the committer shares with the rest of the log.
  record LogParts(
      FreeSpace space,
      LogConfig config,
      Clock clock,
      SegmentStore store,
      BlockCodec codec,
      LogMarks marks,
      EventIdIndex ids,
      IdSeeds seeds,
      RecentBlocks recent) {}

  /// A group that is durable.
  ///
  /// @param end just past its last record
  /// @param indexDue whether ids wait to be written to a file
  record Commit(long end, boolean indexDue) {}

  /// @param published is told of each commit, before its appenders
  Committer(
      LogParts parts,
      SubmissionQueue queue,
      DuplicateWindow window,
      long logTimeMicros,
      Consumer<Commit> published) {
    this.parts = parts;
    this.queue = queue;
    this.window = window;
    this.logTimeMicros = logTimeMicros;
    this.published = published;
    this.shared = new SharedBlock(parts.config().blockBytes());
  }

  /// Ingest time of the last durable record. Any thread.
  long logTimeMicros() {
    return logTimeMicros;
  }

  /// Why an append would fail: what the last group failed of, or that there is no room, also when
  /// nobody has tried yet. Empty when it would not. Any thread.
  String unavailable() {
    String shortage = parts.space().shortage();
    return failed.isEmpty() && !shortage.isEmpty() ? sentence(shortage, "") : failed;
  }

  LogState.Appends totals() {
    return counters.totals();
  }

  /// Commits until the queue is closed and empty. Whatever ends it, nobody is left waiting.
  void run(OwnedThread thread) {
    CommitPace pace = CommitPace.START;
    List<Submission> group = List.of();
    try {
      group = taken(pace, thread.pulse());
      while (!group.isEmpty()) {
        commit(group);
        pace = pace.after(group.size());
        group = taken(pace, thread.pulse());
      }
    } finally {
      queue.close();
      while (!group.isEmpty()) {
        abandon(group);
        group = queue.take(pace);
      }
    }
  }

  private static void abandon(List<Submission> group) {
    for (Submission submission : group) {
      if (!submission.isDone()) {
        submission.fail(
            new LogUnavailableException(
                "the log has ended after a failure; start the gateway again and send this batch"
                    + " again",
                null));
      }
    }
  }

  private List<Submission> taken(CommitPace pace, Pulse pulse) {
    pulse.rest();
    List<Submission> group = queue.take(pace);
    pulse.beat();
    return group;
  }

  private void commit(List<Submission> group) {
    long began = parts.clock().monotonicNanos();
    shared.clear();
    long ingestMicros = group.getFirst().ingestMicros();
    CommitPlan plan =
        new CommitPlan(parts.store(), parts.codec(), window, shared, parts.seeds(), ingestMicros);
    try {
      boolean rolled = rollIfFull(group);
      checkFreeSpace();
      for (Submission submission : group) {
        plan.add(submission);
      }
      plan.finish();
      parts.store().commit();
      publish(plan, rolled);
      counters.committed(plan, parts.clock().monotonicNanos() - began);
      for (int i = 0; i < group.size(); i++) {
        group.get(i).complete(plan.results().get(i));
      }
      // A bug in one group must not end the thread that all others wait for.
    } catch (IOException | RuntimeException | StackOverflowError e) {
      fail(group, plan, e);
    }
    // The store holds copies, and what failed is forgotten.
    for (Submission submission : group) {
      submission.release(parts.codec());
    }
  }

  private boolean rollIfFull(List<Submission> group) {
    long records = 0;
    for (Submission submission : group) {
      records += submission.count();
    }
    int present = parts.ids().openSize();
    if (!parts.store().isFull() && (present == 0 || present + records <= SegmentIds.MAX_IDS)) {
      return false;
    }
    parts.store().roll();
    parts.ids().retire();
    return true;
  }

  private void checkFreeSpace() throws IOException {
    String shortage = parts.space().look();
    if (!shortage.isEmpty()) {
      throw new IOException(shortage);
    }
  }

  private void publish(CommitPlan plan, boolean rolled) {
    window.settle();
    if (plan.blocks().isEmpty()) {
      failed = "";
      return;
    }
    long end = parts.store().end();
    mark(end);
    long segment = parts.store().openSegment().orElseThrow();
    parts.ids().add(segment, plan.keys(), plan.blocks().getFirst().first());
    for (RecordBlock block : plan.blocks()) {
      parts.recent().add(block);
    }
    RecordRun last = plan.blocks().getLast().run();
    logTimeMicros = last.ingestTimeMicros(last.count() - 1);
    failed = "";
    published.accept(new Commit(end, rolled || parts.ids().isDue()));
  }

  /// The records are durable without the mark; it only guards their positions against damage.
  private void mark(long end) {
    try {
      parts.marks().reached(end);
    } catch (IOException e) {
      counters.markFailed();
    }
  }

  private void fail(List<Submission> group, CommitPlan plan, Throwable cause) {
    parts.store().rollBack();
    window.rollBack(plan.remembered());
    window.settle();
    counters.failed();
    LogUnavailableException failure =
        new LogUnavailableException(
            sentence(
                String.valueOf(cause.getMessage()),
                " Nothing of this batch was kept; send it again."),
            cause);
    // A shortage is watched: it is over when there is room, not when somebody appends again.
    failed = parts.space().shortage().isEmpty() ? String.valueOf(failure.getMessage()) : "";
    for (Submission submission : group) {
      submission.fail(failure);
    }
  }

  private String sentence(String reason, String batch) {
    return "the log in '%s' cannot append: %s.%s The log goes on by itself once the disk can be written; free space there or lower the retention of the log"
        .formatted(parts.config().directory(), reason, batch);
  }
}
