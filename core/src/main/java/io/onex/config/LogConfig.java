package io.onex.config;

import java.nio.file.Path;
import java.time.Duration;

/// The durable log: where it lies, how long things stay and how duplicates are known.
///
/// @param dir data folder; `--data` goes before it
/// @param segmentSize a new file is begun beyond it
/// @param compression how small records are made on disk
/// @param retention how long records stay
/// @param deadLetters how long dead letters stay
/// @param dedupIds most event ids remembered
/// @param leaveGrace how long what comes is kept for a destination that left the configuration
public record LogConfig(
    Path dir,
    ByteSize segmentSize,
    Compression compression,
    Retention retention,
    Retention deadLetters,
    int dedupIds,
    Duration leaveGrace) {
  private static final int MOST_IDS = 4_000_000;

  static final Field<Path> DIR =
      Field.of("dir", Types.PATH, Path.of("onex-data"), "Data folder; `--data` goes before it.");
  static final Field<ByteSize> SEGMENT_SIZE =
      Field.of("segment_size", Types.SIZE, ByteSize.ofMiB(128), "A new file is begun beyond it.");
  static final Field<Compression> COMPRESSION =
      Field.of(
          "compression",
          Types.oneOf(Compression.class),
          Compression.STANDARD,
          "`standard` makes records about four times smaller; `fast` about three times, with about 30 % less work; `none` costs none.");
  static final Field<Retention> RETENTION =
      Field.of(
          "retention",
          Types.section(Retention.LOG_FIELDS, Retention::fromLog),
          Retention.LOG,
          "How long records stay.");
  static final Field<Retention> DEAD_LETTERS =
      Field.of(
          "dead_letters",
          Types.section(Retention.DEAD_LETTER_FIELDS, Retention::fromDeadLetters),
          Retention.DEAD_LETTERS,
          "How long dead letters stay.");
  static final Field<Integer> DEDUP_IDS =
      Field.of(
          "dedup_ids",
          Types.integer(1, MOST_IDS),
          MOST_IDS,
          "Most event ids remembered to know duplicates, at most 4000000.");
  static final Field<Duration> LEAVE_GRACE =
      Field.of(
          "leave_grace",
          Types.DURATION,
          Duration.ofHours(1),
          "How long what comes is kept for a destination that is no longer configured. One that comes back within it goes on where it was; later it is new.");
  static final Fields FIELDS =
      Fields.of(DIR, SEGMENT_SIZE, COMPRESSION, RETENTION, DEAD_LETTERS, DEDUP_IDS, LEAVE_GRACE)
          .dead("dedup_window", "ids are remembered by number, whatever their age; use dedup_ids");

  static final LogConfig DEFAULT =
      new LogConfig(
          Path.of("onex-data"),
          ByteSize.ofMiB(128),
          Compression.STANDARD,
          Retention.LOG,
          Retention.DEAD_LETTERS,
          MOST_IDS,
          Duration.ofHours(1));

  public LogConfig {
    if (segmentSize.bytes() > retention.maxSize().bytes()) {
      throw new IllegalArgumentException("segment_size is larger than retention.max_size");
    }
  }

  static LogConfig from(Section section) {
    return new LogConfig(
        section.get(DIR),
        section.get(SEGMENT_SIZE),
        section.get(COMPRESSION),
        section.get(RETENTION),
        section.get(DEAD_LETTERS),
        section.get(DEDUP_IDS),
        section.get(LEAVE_GRACE));
  }

  /// How much work goes into making records small. Those that are stored already stay as they are.
  public enum Compression {
    STANDARD,
    FAST,
    NONE
  }

  /// What goes first: records older than `maxAge`, or the oldest beyond `maxSize`.
  public record Retention(Duration maxAge, ByteSize maxSize) {
    static final Retention LOG = new Retention(Duration.ofDays(7), ByteSize.ofMiB(20 << 10));
    static final Retention DEAD_LETTERS = new Retention(Duration.ofDays(30), ByteSize.ofMiB(1024));

    private static final Field<Duration> LOG_AGE = age(LOG);
    private static final Field<ByteSize> LOG_SIZE = size(LOG);
    private static final Field<Duration> DEAD_LETTER_AGE = age(DEAD_LETTERS);
    private static final Field<ByteSize> DEAD_LETTER_SIZE = size(DEAD_LETTERS);

    static final Fields LOG_FIELDS = Fields.of(LOG_AGE, LOG_SIZE);
    static final Fields DEAD_LETTER_FIELDS = Fields.of(DEAD_LETTER_AGE, DEAD_LETTER_SIZE);

    static Retention fromLog(Section section) {
      return new Retention(section.get(LOG_AGE), section.get(LOG_SIZE));
    }

    static Retention fromDeadLetters(Section section) {
      return new Retention(section.get(DEAD_LETTER_AGE), section.get(DEAD_LETTER_SIZE));
    }

    private static Field<Duration> age(Retention fallback) {
      return Field.of("max_age", Types.DURATION, fallback.maxAge, "Older ones are dropped.");
    }

    private static Field<ByteSize> size(Retention fallback) {
      return Field.of(
          "max_size", Types.SIZE, fallback.maxSize, "Beyond it the oldest are dropped.");
    }
  }
}
