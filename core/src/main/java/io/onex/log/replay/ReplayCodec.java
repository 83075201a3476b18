package io.onex.log.replay;

import io.onex.bytes.Slice;
import io.onex.log.Position;
import io.onex.log.cursor.ReplayProgress;
import io.onex.log.journal.JournalFrame;
import io.onex.log.journal.JournalText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The payloads of a replay's file, as `docs/reference/format/replays.md` draws them.
final class ReplayCodec {
  private static final byte JOB = 1;
  private static final byte CANCELLED = 2;
  private static final byte ENDED = 3;
  private static final byte VERSION = 1;
  private static final byte STRETCH = 0;
  private static final byte LETTERS = 1;

  private ReplayCodec() {}

  static Slice job(ReplayJob job) {
    Slice name = Slice.utf8(job.destination());
    Slice where = Slice.EMPTY;
    SortedSet<Long> only = new TreeSet<>();
    byte kind = LETTERS;
    switch (job.source()) {
      case ReplaySource.Stretch(Position _, Position _, Optional<String> expression) -> {
        kind = STRETCH;
        where = Slice.utf8(expression.orElse(""));
      }
      case ReplaySource.Letters(Position _, Position _, SortedSet<Long> ids) -> only = ids;
    }
    ByteBuffer out =
        payload(
                JOB,
                37
                    + JournalText.bytes(name)
                    + Integer.BYTES
                    + where.length()
                    + Integer.BYTES
                    + only.size() * Long.BYTES)
            .putLong(job.id())
            .putLong(job.createdMicros())
            .put(kind)
            .putInt(job.source().from().partition())
            .putLong(job.source().from().offset())
            .putLong(job.source().end().offset());
    JournalText.put(out, name);
    out.putInt(where.length()).put(where.array(), where.offset(), where.length());
    out.putInt(only.size());
    only.forEach(out::putLong);
    return bytes(out);
  }

  static Slice cancelled(long timeMicros) {
    ByteBuffer out = payload(CANCELLED, Long.BYTES).putLong(timeMicros);
    return bytes(out);
  }

  static Slice ended(ReplayEnd end) {
    Slice progress = end.progress().encode();
    Slice reason = Slice.utf8(end.reason());
    ByteBuffer out =
        payload(ENDED, Long.BYTES + 1 + JournalText.bytes(reason) + progress.length())
            .putLong(end.timeMicros())
            .put((byte) end.state().code());
    JournalText.put(out, reason);
    out.put(progress.array(), progress.offset(), progress.length());
    return bytes(out);
  }

  /// The job that the frames of its file tell of; empty when what it is cannot be read.
  static Optional<ReplayJob> read(List<JournalFrame> frames) {
    ReplayJob job = null;
    for (JournalFrame frame : frames) {
      job = read(frame.payload(), job);
    }
    return Optional.ofNullable(job);
  }

  private static @Nullable ReplayJob read(Slice payload, @Nullable ReplayJob job) {
    ByteBuffer in =
        ByteBuffer.wrap(payload.array(), payload.offset(), payload.length())
            .order(ByteOrder.LITTLE_ENDIAN);
    try {
      return read(in, job);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // Nonsense, or of a newer program: what else the file says still counts.
      return job;
    }
  }

  private static @Nullable ReplayJob read(ByteBuffer in, @Nullable ReplayJob job) {
    byte type = in.get();
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("version " + version + " is unknown");
    }
    if (type == JOB) {
      return job(in);
    }
    if (job == null) {
      return null;
    }
    return switch (type) {
      case CANCELLED -> job.cancel();
      case ENDED -> job.ended(end(in));
      default -> throw new IllegalArgumentException("type " + type + " is unknown");
    };
  }

  private static ReplayJob job(ByteBuffer in) {
    long id = in.getLong();
    long created = in.getLong();
    byte kind = in.get();
    int partition = in.getInt();
    Position from = new Position(partition, in.getLong());
    Position end = new Position(partition, in.getLong());
    String name = JournalText.take(in);
    String where = Slice.of(JournalText.take(in, in.getInt())).utf8();
    SortedSet<Long> only = new TreeSet<>();
    for (int left = in.getInt(); left > 0; left--) {
      only.add(in.getLong());
    }
    ReplaySource source =
        kind == STRETCH
            ? new ReplaySource.Stretch(
                from, end, where.isEmpty() ? Optional.empty() : Optional.of(where))
            : new ReplaySource.Letters(from, end, only);
    return new ReplayJob(id, name, source, created, false, Optional.empty());
  }

  private static ReplayEnd end(ByteBuffer in) {
    long timeMicros = in.getLong();
    ReplayEnd.State state = ReplayEnd.State.ofCode(in.get());
    String reason = JournalText.take(in);
    return new ReplayEnd(state, timeMicros, ReplayProgress.decode(in), reason);
  }

  private static Slice bytes(ByteBuffer out) {
    return new Slice(out.array(), out.arrayOffset(), out.capacity());
  }

  private static ByteBuffer payload(byte type, int bytes) {
    return ByteBuffer.allocate(2 + bytes).order(ByteOrder.LITTLE_ENDIAN).put(type).put(VERSION);
  }
}
