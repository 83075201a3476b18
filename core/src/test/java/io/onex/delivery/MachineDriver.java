package io.onex.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.config.BatchConfig;
import io.onex.config.ByteSize;
import io.onex.event.EventType;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import io.onex.log.RecordFrame;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.cursor.LedgerBalance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;

/// Drives one machine in virtual time and keeps what it wanted done.
final class MachineDriver {
  /// Somewhere far from zero, so that nobody takes a monotonic time for a duration.
  private static final long ORIGIN = Long.MAX_VALUE - Duration.ofMinutes(3).toNanos();

  final DeliveryMachine machine;
  final List<Attempt> started = new ArrayList<>();
  final List<Duration> startedAt = new ArrayList<>();
  final List<Attempt> underWay = new ArrayList<>();
  final List<DeliveryAction.KeepDeadLetters> unkept = new ArrayList<>();
  final List<Rejected> deadLetters = new ArrayList<>();
  final List<Settlement> settled = new ArrayList<>();
  final List<StateChange> changes = new ArrayList<>();
  final List<DeliveryAction.ReadReplay> replayReads = new ArrayList<>();
  final List<Settlement> replaySettled = new ArrayList<>();
  final List<DeliveryAction.EndReplay> replayEnds = new ArrayList<>();
  private final Position first;
  private CursorEntry committed;
  private Position readUpTo;
  private Position durableEnd;
  private long now = ORIGIN;
  private boolean wantsMore;
  private boolean finished;
  private int commits;

  MachineDriver(DeliverySettings settings) {
    this(settings, CursorEntry.at("elk", Position.START));
  }

  MachineDriver(DeliverySettings settings, CursorEntry entry) {
    this.first = entry.cursor().lowWater();
    this.committed = entry;
    this.readUpTo = first;
    this.durableEnd = entry.cursor().highWater();
    this.machine = new DeliveryMachine(entry, settings, new Random(7), now);
    step(new DeliveryInput.Tick());
  }

  static DeliverySettings batches(int maxSize) {
    return DeliverySettings.DEFAULT.with(
        new BatchConfig(maxSize, ByteSize.ofMiB(1), Duration.ofSeconds(1)));
  }

  static Record record(long offset, int bodyBytes) {
    RecordWriter writer = new RecordWriter(bodyBytes + 128);
    writer.begin(
        RecordKind.EVENT, EventType.NODE_START, Slice.utf8("id-" + offset), 1_000 + offset, offset);
    writer.body(new byte[bodyBytes], 0, bodyBytes);
    writer.end();
    return Record.of(new RecordFrame(writer.encoded().array(), 0, new Position(0, offset)));
  }

  Duration now() {
    return Duration.ofNanos(now - ORIGIN);
  }

  boolean wantsMore() {
    return wantsMore;
  }

  boolean finished() {
    return finished;
  }

  int commits() {
    return commits;
  }

  CursorEntry committed() {
    return committed;
  }

  LedgerBalance balance() {
    return committed.balance(durableEnd);
  }

  /// Feeds as many records of one byte, readable from now on.
  void feed(int records) {
    feed(records, 1, Duration.ZERO);
  }

  void feed(int records, int bodyBytes, Duration readableFor) {
    Position start = readUpTo;
    List<Record> read = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      read.add(record(start.offset() + i, bodyBytes));
    }
    feed(read, start.plus(records), offset -> Verdict.DELIVER, Position.START, readableFor);
  }

  void feed(int records, LongFunction<Verdict> verdicts) {
    Position start = readUpTo;
    List<Record> read = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      read.add(record(start.offset() + i, 1));
    }
    feed(read, start.plus(records), verdicts, Position.START, Duration.ZERO);
  }

  void feed(
      List<Record> read,
      Position end,
      LongFunction<Verdict> verdicts,
      Position logStart,
      Duration readableFor) {
    assertThat(wantsMore).as("the machine asked for more").isTrue();
    wantsMore = false;
    List<Verdict> judged =
        read.stream().map(record -> verdicts.apply(record.position().offset())).toList();
    Position start = readUpTo;
    readUpTo = end;
    durableEnd = end.compareTo(durableEnd) > 0 ? end : durableEnd;
    step(
        new DeliveryInput.Read(
            new JudgedRecords(
                new RecordBatch(read, start, end), judged, logStart, now - readableFor.toNanos())));
  }

  /// Answers the replay's order with as many records of one byte from `from` on.
  void feedReplay(long from, int records, LongFunction<Verdict> verdicts) {
    DeliveryAction.ReadReplay order = replayReads.removeFirst();
    List<Record> read = new ArrayList<>();
    List<Verdict> judged = new ArrayList<>();
    for (long offset = from; offset < from + records; offset++) {
      read.add(record(offset, 1));
      judged.add(verdicts.apply(offset));
    }
    RecordBatch batch =
        new RecordBatch(read, new Position(0, from), new Position(0, from + records));
    step(
        new DeliveryInput.ReplayRead(
            order.job(), new JudgedRecords(batch, judged, Position.START, now)));
  }

  void beginReplay(long job, long from, long end) {
    step(new DeliveryInput.BeginReplay(job, new Position(0, from), new Position(0, end)));
  }

  /// Lets time pass, waking the machine whenever it asked for.
  void advance(Duration time) {
    long until = now + time.toNanos();
    while (machine.wakeAtNanos().isPresent() && machine.wakeAtNanos().getAsLong() - until <= 0) {
      long wake = machine.wakeAtNanos().getAsLong();
      assertThat(wake - now).as("the machine never asks to be woken in the past").isPositive();
      now = wake;
      step(new DeliveryInput.Tick());
    }
    now = until;
  }

  /// Lets time pass until the machine starts an attempt.
  Attempt awaitAttempt() {
    int before = started.size();
    while (started.size() == before) {
      assertThat(machine.wakeAtNanos()).as("something is to come").isPresent();
      now = machine.wakeAtNanos().getAsLong();
      step(new DeliveryInput.Tick());
    }
    return started.get(before);
  }

  /// Lets time pass until an attempt without this record starts; refuses the others.
  void awaitOtherThan(long offset) {
    while (underWay.isEmpty() || offsets(attempt()).contains(offset)) {
      if (underWay.isEmpty()) {
        awaitAttempt();
      } else {
        answer(new DeliveryResult.Retryable("still away", java.util.Optional.empty()));
      }
    }
  }

  /// Gives this answer to each attempt until one goes to the fallback.
  void answerUntilDiverted(DeliveryResult result) {
    while (attempt().target() == Target.OWN) {
      answer(result);
      if (underWay.isEmpty()) {
        awaitAttempt();
      }
    }
  }

  /// The one attempt under way.
  Attempt attempt() {
    assertThat(underWay).hasSize(1);
    return underWay.getFirst();
  }

  void answer(DeliveryResult result) {
    answer(attempt(), result);
  }

  void answer(Attempt attempt, DeliveryResult result) {
    end(attempt, new AttemptEnd.Answered(List.of(), result));
  }

  void end(Attempt attempt, AttemptEnd end) {
    assertThat(underWay.remove(attempt)).isTrue();
    step(new DeliveryInput.Ended(attempt.id(), end));
  }

  void keepDeadLetters(boolean durable) {
    DeliveryAction.KeepDeadLetters asked = unkept.removeFirst();
    if (durable) {
      deadLetters.addAll(asked.rejected());
    }
    step(new DeliveryInput.DeadLettersKept(asked.id(), durable));
  }

  void step(DeliveryInput input) {
    for (DeliveryAction action : machine.step(input, now)) {
      switch (action) {
        case DeliveryAction.ReadMore(int maxRecords, int maxBytes) -> {
          assertThat(wantsMore).as("one read at a time").isFalse();
          wantsMore = true;
        }
        case DeliveryAction.Start(Attempt attempt) -> {
          started.add(attempt);
          startedAt.add(now());
          underWay.add(attempt);
        }
        case DeliveryAction.KeepDeadLetters keep -> unkept.add(keep);
        case DeliveryAction.Commit(CursorEntry entry, List<Settlement> news) -> {
          commits++;
          committed = entry;
          settled.addAll(news);
          assertThat(balance().holds()).as(balance().sentence()).isTrue();
        }
        case DeliveryAction.ReadReplay read -> replayReads.add(read);
        case DeliveryAction.CommitReplay(CursorEntry entry, List<Settlement> news) -> {
          committed = entry;
          replaySettled.addAll(news);
          assertThat(balance().holds()).as(balance().sentence()).isTrue();
        }
        case DeliveryAction.EndReplay end -> replayEnds.add(end);
        case DeliveryAction.Announce(StateChange change) -> changes.add(change);
        case DeliveryAction.Finish() -> {
          assertThat(finished).as("finishes once").isFalse();
          finished = true;
        }
      }
    }
  }

  static List<Long> offsets(Attempt attempt) {
    return attempt.records().stream().map(record -> record.position().offset()).toList();
  }
}
