package io.onex.log.fold;

import io.onex.bytes.Slice;
import io.onex.event.EventType;
import io.onex.log.DerivedRecord;
import io.onex.log.EventRecord;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import java.nio.ByteBuffer;

/// Counts events, concludes each tenth one, and a silence once log time has moved on by a minute.
public class TallyFold implements Fold {
  public static final long SILENCE_MICROS = 60_000_000;

  private final String name;
  private long events;
  private long derived;
  private long lastMicros;
  private boolean silent;
  private boolean changing;

  public TallyFold(String name) {
    this.name = name;
  }

  public long events() {
    return events;
  }

  public long derived() {
    return derived;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void apply(Record record, Conclusions conclusions) {
    switch (record) {
      case EventRecord event -> {
        advance(event.ingestTimeMicros(), conclusions);
        if (event.body().equals(Slice.utf8("poison"))) {
          throw new IllegalStateException("cannot take poison");
        }
        changing = true;
        if (event.body().equals(Slice.utf8("half"))) {
          events += 7;
          conclusions
              .writer()
              .begin(
                  RecordKind.DERIVED,
                  EventType.OPERATION_ENDED,
                  Slice.utf8("never ended"),
                  lastMicros,
                  lastMicros);
          throw new StackOverflowError();
        }
        events++;
        silent = false;
        lastMicros = event.ingestTimeMicros();
        if (events % 10 == 0) {
          conclude("ten-" + name + "-" + events, lastMicros, conclusions);
        }
        changing = false;
      }
      case DerivedRecord _ -> derived++;
      default -> throw new IllegalArgumentException("not expected here: " + record.kind());
    }
  }

  @Override
  public boolean isIntact() {
    return !changing;
  }

  @Override
  public void advance(long logTimeMicros, Conclusions conclusions) {
    if (events > 0 && !silent && logTimeMicros - lastMicros >= SILENCE_MICROS) {
      silent = true;
      conclude("silence-" + name + "-" + events, lastMicros, conclusions);
    }
  }

  private static void conclude(String id, long micros, Conclusions conclusions) {
    conclusions
        .writer()
        .begin(RecordKind.DERIVED, EventType.OPERATION_ENDED, Slice.utf8(id), micros, micros)
        .end();
  }

  @Override
  public Slice snapshot() {
    return Slice.of(
        ByteBuffer.allocate(25)
            .putLong(events)
            .putLong(derived)
            .putLong(lastMicros)
            .put((byte) (silent ? 1 : 0))
            .array());
  }

  @Override
  public void restore(Slice snapshot) {
    if (snapshot.length() != 25) {
      throw new IllegalArgumentException("a snapshot of another version");
    }
    ByteBuffer in = ByteBuffer.wrap(snapshot.toByteArray());
    events = in.getLong();
    derived = in.getLong();
    lastMicros = in.getLong();
    silent = in.get() == 1;
    changing = false;
  }
}
