package io.onex.delivery;

import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import io.onex.log.RecordOutcome;
import io.onex.log.deadletter.DeadLetterEntry;
import io.onex.log.deadletter.DeadLetterPage;
import io.onex.log.deadletter.DeadLetterQuery;
import io.onex.log.replay.ReplaySource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Reads dead letters of one destination for a replay, on the pool, and marks those that arrived.
/// The positions of the replay are the ids of the letters.
final class LetterStream implements RecordStream {
  private final DeliveryEnvironment environment;
  private final ReplaySource.Letters letters;
  private final Judge judge;
  private final DiskReads disk;
  private final Map<Long, DeadLetterEntry> unsettled = new ConcurrentHashMap<>();
  private Position at;

  LetterStream(
      DeliveryEnvironment environment,
      ReplaySource.Letters letters,
      Position from,
      Judge judge,
      DiskReads disk) {
    this.environment = environment;
    this.letters = letters;
    this.judge = judge;
    this.disk = disk;
    this.at = from;
  }

  @Override
  public JudgedRecords next(int maxRecords, int maxBytes) throws InterruptedException {
    int limit = Math.min(maxRecords, DeadLetterQuery.MAX_LIMIT);
    JudgedRecords records = disk.patiently(at, () -> disk.onPool(() -> read(limit)));
    at = records.batch().end();
    return records;
  }

  private JudgedRecords read(int limit) throws IOException {
    DeadLetterPage page =
        environment
            .deadLetters()
            .list(DeadLetterQuery.first(limit).of(judge.destination()).after(at.offset() - 1));
    List<Record> records = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    for (DeadLetterEntry entry : page.entries()) {
      if (entry.id() < letters.end().offset() && letters.isMeant(entry.id())) {
        entry
            .letter()
            .record()
            .ifPresent(record -> {
              records.add(record);
              places.add(entry.id());
              unsettled.put(entry.id(), entry);
            });
      }
    }
    long until =
        page.next().isPresent()
            ? Math.min(page.next().getAsLong() + 1, letters.end().offset())
            : letters.end().offset();
    return new JudgedRecords(
        new RecordBatch(records, at, new Position(at.partition(), until)),
        judge.judge(records),
        places,
        Position.START,
        RecordOutcome.FILTERED,
        environment.clock().monotonicNanos());
  }

  /// Marks the letters that were delivered as replayed, durably. Called by the loop's owner.
  ///
  /// @throws IOException when that cannot be written; they may then be replayed a second time
  void settled(List<Settlement> settled) throws IOException {
    List<DeadLetterEntry> delivered = new ArrayList<>();
    for (Settlement each : settled) {
      long end = each.range().end().offset();
      for (long id = each.range().start().offset(); id < end; id++) {
        DeadLetterEntry entry = unsettled.remove(id);
        if (entry != null && each.outcome() == RecordOutcome.DELIVERED) {
          delivered.add(entry);
        }
      }
    }
    if (!delivered.isEmpty()) {
      environment.deadLetters().markReplayed(delivered);
    }
  }

  @Override
  public void close() {
    // Nothing stays open between two reads.
  }
}
