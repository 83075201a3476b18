package io.onex.log.fold;

import io.onex.bytes.Slice;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// What a [WorkMark] says, and what follows from it after a restart. Pure.
///
/// @param boot names the time since the machine was started ([io.onex.storage.Storage#bootId])
/// @param state what was going on
/// @param at the records in work; [Stretch#NONE] when idle
/// @param suspect records of which the life before ended at one, not known which
/// @param died the record at which the life before ended, when that is known
/// @param passedOver records at which two lives ended, oldest first, at most [#MOST_PASSED_OVER]
record WorkNote(
    String boot, State state, Stretch at, Stretch suspect, Stretch died, List<Stretch> passedOver) {
  /// Longest encoded note.
  static final int MAX_BYTES = 8_192;

  static final int MOST_PASSED_OVER = 32;
  private static final int MOST_NAME_BYTES = 200;

  /// `O X W 1` read as a little endian number.
  private static final int MAGIC = 0x3157584f;

  private static final int CHECKED_FROM = 8;
  private static final int HEADER_BYTES = 16;

  /// Nothing is known.
  static final WorkNote NONE =
      new WorkNote("", State.IDLE, Stretch.NONE, Stretch.NONE, Stretch.NONE, List.of());

  /// What the folds were doing. The code is part of the format.
  enum State {
    /// No record was in work.
    IDLE(0),
    /// Some record of a batch was.
    BATCH(1),
    /// This record was.
    RECORD(2);

    private final byte code;

    State(int code) {
      this.code = (byte) code;
    }

    private static State of(byte code) {
      for (State state : values()) {
        if (state.code == code) {
          return state;
        }
      }
      throw new IllegalArgumentException("there is no state " + code);
    }
  }

  /// Records of the log that one fold takes in.
  ///
  /// @param fold its name; empty when there are none
  /// @param from offset of the first
  /// @param to offset after the last
  record Stretch(String fold, long from, long to) {
    static final Stretch NONE = new Stretch("", 0, 0);

    boolean holds(String name, long offset) {
      return offset >= from && offset < to && fold.equals(name);
    }
  }

  WorkNote {
    passedOver = List.copyOf(passedOver);
  }

  WorkNote working(String fold, long from, long to, boolean oneRecord) {
    return new WorkNote(
        boot,
        oneRecord ? State.RECORD : State.BATCH,
        new Stretch(fold, from, to),
        suspect,
        died,
        passedOver);
  }

  WorkNote idle() {
    return new WorkNote(boot, State.IDLE, Stretch.NONE, suspect, died, passedOver);
  }

  boolean isWork() {
    return state != State.IDLE;
  }

  boolean hasSuspects() {
    return suspect.to > suspect.from || !passedOver.isEmpty();
  }

  boolean isSuspect(String fold, long offset) {
    return suspect.holds(fold, offset);
  }

  boolean isPassedOver(String fold, long offset) {
    for (Stretch one : passedOver) {
      if (one.holds(fold, offset)) {
        return true;
      }
    }
    return false;
  }

  /// What the next life knows when this is the last that was noted. No record is to blame for the
  /// end of the machine.
  ///
  /// @param now the boot id of the next life
  WorkNote afterRestart(String now) {
    return switch (boot.equals(now) ? state : State.IDLE) {
      case IDLE -> begun(now, Stretch.NONE, Stretch.NONE, passedOver);
      case BATCH -> begun(now, at, Stretch.NONE, passedOver);
      case RECORD -> afterRecord(now);
    };
  }

  private static WorkNote begun(
      String boot, Stretch suspect, Stretch died, List<Stretch> passedOver) {
    return new WorkNote(boot, State.IDLE, Stretch.NONE, suspect, died, passedOver);
  }

  /// The rest of the stretch stays suspect: there may be another such record in it.
  private WorkNote afterRecord(String now) {
    Stretch rest = new Stretch(at.fold, at.from, Math.max(at.to, suspect.to));
    if (!at.equals(died)) {
      return begun(now, rest, at, passedOver);
    }
    List<Stretch> more = new ArrayList<>(passedOver);
    more.add(at);
    if (more.size() > MOST_PASSED_OVER) {
      more.removeFirst();
    }
    return begun(now, rest, Stretch.NONE, more);
  }

  /// Writes it into `out`, which has room for [#MAX_BYTES], and makes it ready to be read.
  ByteBuffer encode(ByteBuffer out) {
    out.clear().order(ByteOrder.LITTLE_ENDIAN).position(HEADER_BYTES);
    put(out, boot);
    put(out, at);
    put(out, suspect);
    put(out, died);
    passedOver.forEach(one -> put(out, one));
    int length = out.position();
    out.putInt(0, MAGIC)
        .putInt(CHECKED_FROM, length)
        .put(CHECKED_FROM + 4, state.code)
        .put(CHECKED_FROM + 5, (byte) passedOver.size())
        .putShort(CHECKED_FROM + 6, (short) 0);
    out.flip();
    return out.putInt(4, checksum(out, length));
  }

  /// @throws IllegalArgumentException when the bytes hold no whole note
  static WorkNote decode(ByteBuffer in) {
    try {
      in.order(ByteOrder.LITTLE_ENDIAN);
      if (in.getInt() != MAGIC) {
        throw new IllegalArgumentException("it is no note of this format version");
      }
      int checksum = in.getInt();
      int length = in.getInt();
      if (length < HEADER_BYTES || length > in.limit() || checksum != checksum(in, length)) {
        throw new IllegalArgumentException("its checksum does not match");
      }
      State state = State.of(in.get());
      int passed = in.get();
      in.getShort();
      String boot = takeText(in);
      Stretch at = take(in);
      Stretch suspect = take(in);
      Stretch died = take(in);
      List<Stretch> passedOver = new ArrayList<>();
      for (int i = 0; i < passed; i++) {
        passedOver.add(take(in));
      }
      return new WorkNote(boot, state, at, suspect, died, passedOver);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it ends early", e);
    }
  }

  private static int checksum(ByteBuffer bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(CHECKED_FROM, length - CHECKED_FROM));
    return (int) crc.getValue();
  }

  private static void put(ByteBuffer out, Stretch one) {
    out.putLong(one.from).putLong(one.to);
    put(out, one.fold);
  }

  private static void put(ByteBuffer out, String name) {
    Slice utf8 = Slice.utf8(name);
    if (utf8.length() > MOST_NAME_BYTES) {
      throw new IllegalArgumentException("a name has at most 200 bytes: " + name);
    }
    out.putShort((short) utf8.length()).put(utf8.array(), utf8.offset(), utf8.length());
  }

  private static Stretch take(ByteBuffer in) {
    long from = in.getLong();
    long to = in.getLong();
    return new Stretch(takeText(in), from, to);
  }

  private static String takeText(ByteBuffer in) {
    byte[] name = new byte[in.getShort() & 0xffff];
    in.get(name);
    return Slice.of(name).utf8();
  }
}
