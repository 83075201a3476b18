package io.onex.log.deadletter;

import io.onex.bytes.Slice;
import io.onex.log.Position;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The payloads of dead-letter segments, as `docs/reference/format/dead-letters.md` draws them.
final class DeadLetterCodec {
  private static final byte LETTER = 1;
  private static final byte REPLAYED = 2;
  private static final byte VERSION = 1;
  private static final byte FROM_DESTINATION = 0;
  private static final byte FROM_SOURCE = 1;
  private static final int FIXED_BYTES = 48;

  private DeadLetterCodec() {}

  /// One payload.
  sealed interface Item {
    long id();

    record Letter(long id, DeadLetter letter) implements Item {}

    /// The letter with this id was sent again; it counts as `replayed` 1 of its name and reason.
    record Replayed(long id, long timeMicros, DeadLetterCount of) implements Item {}
  }

  static Slice encode(Item item) {
    return switch (item) {
      case Item.Letter(long id, DeadLetter letter) -> encode(id, letter);
      case Item.Replayed(long id, long timeMicros, DeadLetterCount of) ->
          encode(id, timeMicros, of);
    };
  }

  private static Slice encode(long id, DeadLetter letter) {
    Slice name = Slice.utf8(letter.origin().name());
    Slice reason = Slice.utf8(letter.reason());
    Slice sentence = Slice.utf8(letter.sentence());
    Slice content = letter.content();
    ByteBuffer out =
        ByteBuffer.allocate(
                FIXED_BYTES
                    + name.length()
                    + reason.length()
                    + sentence.length()
                    + content.length())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(LETTER)
            .put(VERSION)
            .putLong(id)
            .putLong(letter.timeMicros())
            .putInt(letter.attempts())
            .putInt(letter.originalBytes());
    switch (letter.origin()) {
      case DeadLetter.Origin.Destination(String _, Position position) ->
          out.put(FROM_DESTINATION).putInt(position.partition()).putLong(position.offset());
      case DeadLetter.Origin.Source _ -> out.put(FROM_SOURCE).putInt(0).putLong(0);
    }
    out.put((byte) name.length())
        .putShort((short) reason.length())
        .putShort((short) sentence.length())
        .putInt(content.length());
    put(out, name);
    put(out, reason);
    put(out, sentence);
    put(out, content);
    return Slice.of(out.array());
  }

  private static Slice encode(long id, long timeMicros, DeadLetterCount of) {
    Slice name = Slice.utf8(of.name());
    Slice reason = Slice.utf8(of.reason());
    ByteBuffer out =
        ByteBuffer.allocate(22 + name.length() + reason.length())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(REPLAYED)
            .put(VERSION)
            .putLong(id)
            .putLong(timeMicros)
            .put(of.refused() ? FROM_SOURCE : FROM_DESTINATION)
            .put((byte) name.length())
            .putShort((short) reason.length());
    put(out, name);
    put(out, reason);
    return Slice.of(out.array());
  }

  private static Item decodeReplayed(ByteBuffer in) {
    long id = in.getLong();
    long timeMicros = in.getLong();
    boolean refused = in.get() == FROM_SOURCE;
    int nameBytes = in.get() & 0xff;
    int reasonBytes = in.getShort() & 0xffff;
    String name = take(in, nameBytes).utf8();
    return new Item.Replayed(
        id, timeMicros, new DeadLetterCount(name, refused, take(in, reasonBytes).utf8(), 0, 1));
  }

  /// @throws IllegalArgumentException when the payload is of no known type or version, or its
  ///   fields contradict each other
  static Item decode(Slice payload) {
    ByteBuffer in =
        ByteBuffer.wrap(payload.array(), payload.offset(), payload.length())
            .order(ByteOrder.LITTLE_ENDIAN);
    try {
      byte type = in.get();
      byte version = in.get();
      if (version != VERSION || (type != LETTER && type != REPLAYED)) {
        throw new IllegalArgumentException("type " + type + " version " + version + " is unknown");
      }
      return type == LETTER ? decodeLetter(in) : decodeReplayed(in);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("the payload ends too early", e);
    }
  }

  private static Item decodeLetter(ByteBuffer in) {
    long id = in.getLong();
    long timeMicros = in.getLong();
    int attempts = in.getInt();
    int originalBytes = in.getInt();
    byte from = in.get();
    int partition = in.getInt();
    long offset = in.getLong();
    int nameBytes = in.get() & 0xff;
    int reasonBytes = in.getShort() & 0xffff;
    int sentenceBytes = in.getShort() & 0xffff;
    int contentBytes = in.getInt();
    String name = take(in, nameBytes).utf8();
    String reason = take(in, reasonBytes).utf8();
    String sentence = take(in, sentenceBytes).utf8();
    DeadLetter.Origin origin =
        from == FROM_SOURCE
            ? new DeadLetter.Origin.Source(name)
            : new DeadLetter.Origin.Destination(name, new Position(partition, offset));
    return new Item.Letter(
        id,
        new DeadLetter(
            origin, reason, sentence, timeMicros, attempts, take(in, contentBytes), originalBytes));
  }

  private static void put(ByteBuffer out, Slice bytes) {
    out.put(bytes.array(), bytes.offset(), bytes.length());
  }

  private static Slice take(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Slice.of(bytes);
  }
}
