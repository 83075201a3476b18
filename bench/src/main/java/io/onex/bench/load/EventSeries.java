package io.onex.bench.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Events whose every byte follows from a seed and a sequence number.
///
/// Even numbers are a NODE_START, the odd number after it is its NODE_SUCCESS, or NODE_FAILURE for
/// one operation in [#FAILURE_EVERY]. Whoever knows the seed can tell what event `n` must look
/// like, so nobody needs to remember what was sent. Events are 493 bytes on average, ids, times and
/// correlation ids are distinct, nodes are 1 000. Rendering copies a prepared event and patches
/// what differs, so that a generator costs little beside what it measures.
public final class EventSeries {
  public static final int NODES = 1000;

  /// One operation in this many fails.
  public static final int FAILURE_EVERY = 50;

  /// Longest event in bytes.
  public static final int MAX_BYTES = 800;

  private static final int VARIANTS = 4096;
  private static final VarHandle I64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle I32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /// The two decimal digits of each number below 100.
  private static final byte[] PAIRS = pairs();

  private static final String ID = "00000000-0000-4000-8000-000000000000";
  private static final String TIME = "2026-11-22T00:00:00.000000";
  private static final int SEQUENCE_DIGITS = 12;

  private final long seed;
  private final byte[][] variants = new byte[VARIANTS][];
  private final int metadataAt;

  public EventSeries(long seed) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < VARIANTS; i++) {
      variants[i] = variant(i, random);
    }
    this.metadataAt =
        new String(variants[0], StandardCharsets.US_ASCII).indexOf("\"metadata\":")
            + "\"metadata\":".length();
  }

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  private static boolean failed(long operation) {
    return operation % FAILURE_EVERY == FAILURE_EVERY - 1;
  }

  /// Whether event `sequence` reports a failure.
  public static boolean isFailure(long sequence) {
    return (sequence & 1) == 1 && failed(sequence >> 1);
  }

  /// Duration in milliseconds that the END of this operation reports.
  public static double durationMillis(long sequence) {
    return 1 + sequence % 997 + 0.5;
  }

  private static byte[] variant(int index, SplittableRandom random) {
    boolean start = (index & 1) == 0;
    // Both have the same length, so that the patched fields of all variants stand at the same
    // place.
    String type = start ? "NODE_START\"  " : "NODE_SUCCESS\"";
    StringBuilder text = new StringBuilder();
    text.append("{\"event_id\":\"").append(ID);
    text.append("\",\"timestamp\":\"").append(TIME);
    text.append("\",\"node_id\":\"bench_node_0000\",\"event_type\":\"").append(type);
    text.append(",\"correlation_id\":\"").append(ID);
    text.append("\",\"metadata\":{\"seq\":100000000000");
    text.append(",\"execution_time_ms\":0000.5");
    text.append(",\"input_state\":{\"file_path\":\"/srv/onex/data/").append(word(random, 24));
    text.append(".yaml\",\"author\":\"").append(word(random, 8));
    text.append("\",\"version\":\"1.")
        .append(random.nextInt(10))
        .append('.')
        .append(random.nextInt(10));
    text.append("\"}");
    if (!start) {
      text.append(",\"output_state\":{\"status\":\"success\",\"message\":\"")
          .append(word(random, 16));
      text.append("\"}");
    }
    int padding = (start ? 105 : 45) + random.nextInt(-40, 41);
    text.append(",\"note\":\"").append(word(random, padding)).append("\"}}");
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String word(SplittableRandom random, int length) {
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      // Letters and digits: about five bits each, so that events do not compress away.
      word.append(Character.forDigit(random.nextInt(36), 36));
    }
    return word.toString();
  }

  /// Writes event `sequence` at `at` of `target`.
  ///
  /// @return index just past its last byte
  public int render(long sequence, byte[] target, int at) {
    byte[] variant = variants[(int) (sequence & (VARIANTS - 1))];
    System.arraycopy(variant, 0, target, at, variant.length);
    // {"event_id":"
    int p = at + 13;
    writeId(mix(seed ^ sequence), sequence, target, p);
    // ","timestamp":"
    p += ID.length() + 15;
    writeTime(sequence, target, p);
    // ","node_id":"bench_node_
    p += TIME.length() + 24;
    writeDigits(nodeOf(sequence), 4, target, p);
    // 0000","event_type":" and the type
    p += 4 + 16;
    if (isFailure(sequence)) {
      System.arraycopy(FAILURE, 0, target, p, FAILURE.length);
    }
    // NODE_SUCCESS","correlation_id":"
    p += 13 + 19;
    long operation = sequence >> 1;
    writeId(mix(~seed ^ operation), operation, target, p);
    // ","metadata":{"seq":1
    p += ID.length() + 21;
    writeDigits(sequence, SEQUENCE_DIGITS - 1, target, p);
    // ,"execution_time_ms":
    p += SEQUENCE_DIGITS - 1 + 21;
    writeDigits((long) durationMillis(sequence), 4, target, p);
    // JSON has no leading zeros; blanks may stand there.
    for (int i = 0; i < 3 && target[p + i] == '0'; i++) {
      target[p + i] = ' ';
    }
    return at + variant.length;
  }

  private static final byte[] FAILURE = "NODE_FAILURE\"".getBytes(StandardCharsets.US_ASCII);

  /// Index of the metadata object within every event.
  public int metadataAt() {
    return metadataAt;
  }

  public static int nodeOf(long sequence) {
    return (int) ((sequence >> 1) % NODES);
  }

  /// The sequence number inside an event id, whose last twelve hex digits are it; -1 when the bytes
  /// are not one.
  public static long sequenceOfId(byte[] array, int at) {
    long sequence = 0;
    for (int i = at + 24; i < at + 36; i++) {
      int digit = Character.digit(array[i], 16);
      if (digit < 0) {
        return -1;
      }
      sequence = sequence << 4 | digit;
    }
    return sequence;
  }

  /// A version 4 UUID of `high` and the last twelve digits of `low`.
  private static void writeId(long high, long low, byte[] target, int at) {
    long second = (high & 0xffff_0fffL) | 0x4000;
    long third =
        0x8000 | (((high >>> 3) & 15) << 8) | (((high >>> 17) & 15) << 4) | ((high >>> 29) & 15);
    long middle = hex(second);
    long end = hex((third << 16) | ((low >>> 32) & 0xffff));
    I64.set(target, at, hex(high >>> 32));
    target[at + 8] = '-';
    I32.set(target, at + 9, (int) (middle >>> 32));
    target[at + 13] = '-';
    I32.set(target, at + 14, (int) middle);
    target[at + 18] = '-';
    I32.set(target, at + 19, (int) (end >>> 32));
    target[at + 23] = '-';
    I32.set(target, at + 24, (int) end);
    I64.set(target, at + 28, hex(low));
  }

  /// The eight lower-case hexadecimal digits of the low 32 bits of `value`, the first one in the
  /// highest byte: each nibble moves to a byte of its own, and those above 9 carry into the bit
  /// that tells them.
  private static long hex(long value) {
    long nibbles = Long.expand(value, 0x0f0f_0f0f_0f0f_0f0fL);
    long letters = ((nibbles + 0x0606_0606_0606_0606L) >>> 4) & 0x0101_0101_0101_0101L;
    return nibbles + 0x3030_3030_3030_3030L + letters * ('a' - '0' - 10);
  }

  private static void writeTime(long sequence, byte[] target, int at) {
    long micros = sequence * 10 % 86_400_000_000L;
    int fraction = (int) (micros % 1_000_000);
    int seconds = (int) (micros / 1_000_000);
    writePair(fraction % 100, target, at + 24);
    writePair(fraction / 100 % 100, target, at + 22);
    writePair(fraction / 10_000, target, at + 20);
    writePair(seconds % 60, target, at + 17);
    writePair(seconds / 60 % 60, target, at + 14);
    writePair(seconds / 3600, target, at + 11);
  }

  private static void writeDigits(long value, int digits, byte[] target, int at) {
    long rest = value;
    int i = at + digits;
    for (; i > at + 1; i -= 2) {
      writePair((int) (rest % 100), target, i - 2);
      rest /= 100;
    }
    if (i > at) {
      target[at] = (byte) ('0' + rest);
    }
  }

  private static void writePair(int value, byte[] target, int at) {
    target[at] = PAIRS[2 * value];
    target[at + 1] = PAIRS[2 * value + 1];
  }

  private static long mix(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
