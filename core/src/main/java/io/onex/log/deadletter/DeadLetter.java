package io.onex.log.deadletter;

import io.onex.bytes.Slice;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFrame;
import java.util.Optional;

/// A copy of something that was given up, and why.
///
/// @param origin which destination or source gave it up; a fold of the gateway itself is a
///   destination called [#nameOfFold]
/// @param reason a stable code, the same in logs, metrics and answers; 1 to 64 characters
/// @param sentence what happened, without payload and without secrets
/// @param timeMicros when it was given up, in microseconds since the epoch, UTC
/// @param attempts how often delivery was tried; 0 for what never was
/// @param content the encoded record ([RecordFrame#encoded]) or the redacted input
/// @param originalBytes length of the content before it was limited
public record DeadLetter(
    Origin origin,
    String reason,
    String sentence,
    long timeMicros,
    int attempts,
    Slice content,
    int originalBytes) {
  /// Most bytes kept of a refused input.
  public static final int MAX_REFUSED_BYTES = 64 << 10;

  private static final String OF_FOLD = "fold:";
  private static final int MAX_REASON_CHARACTERS = 64;
  private static final int MAX_SENTENCE_CHARACTERS = 1_000;
  private static final int MAX_NAME_BYTES = 255;

  public DeadLetter {
    if (reason.isEmpty() || reason.length() > MAX_REASON_CHARACTERS) {
      throw new IllegalArgumentException("a reason has 1 to 64 characters: " + reason);
    }
    int nameBytes = Slice.utf8(origin.name()).length();
    if (nameBytes < 1 || nameBytes > MAX_NAME_BYTES) {
      throw new IllegalArgumentException("a name has 1 to 255 bytes, not " + nameBytes);
    }
    if (attempts < 0 || originalBytes < content.length()) {
      throw new IllegalArgumentException(
          "no dead letter after %d attempts with %d of %d bytes"
              .formatted(attempts, content.length(), originalBytes));
    }
    if (sentence.length() > MAX_SENTENCE_CHARACTERS) {
      sentence = sentence.substring(0, MAX_SENTENCE_CHARACTERS);
    }
  }

  /// Under which name a fold gives records up: one that no destination can have.
  public static String nameOfFold(String fold) {
    return OF_FOLD + fold;
  }

  /// Whether the name is that of a fold.
  public static boolean isOfFold(String name) {
    return name.startsWith(OF_FOLD);
  }

  /// Who gave it up.
  public sealed interface Origin {
    /// The destination's or the source's name.
    String name();

    /// A destination gave up a record of the log.
    record Destination(String name, Position position) implements Origin {}

    /// A source refused an input, which never became a record.
    record Source(String name) implements Origin {}
  }

  /// A record that will not reach `destination`.
  public static DeadLetter of(
      String destination,
      Record record,
      String reason,
      String sentence,
      long timeMicros,
      int attempts) {
    Slice content = record.frame().encoded();
    return new DeadLetter(
        new Origin.Destination(destination, record.position()),
        reason,
        sentence,
        timeMicros,
        attempts,
        content,
        content.length());
  }

  /// An input that `source` refused.
  ///
  /// @param redacted the input with sensitive values already replaced; kept up to
  ///   [#MAX_REFUSED_BYTES]
  public static DeadLetter refused(
      String source, String reason, String sentence, long timeMicros, Slice redacted) {
    Slice kept = redacted.part(0, Math.min(redacted.length(), MAX_REFUSED_BYTES));
    return new DeadLetter(
        new Origin.Source(source), reason, sentence, timeMicros, 0, kept, redacted.length());
  }

  /// The record that a destination gave up, as it stood in the log; empty for a refused input.
  public Optional<Record> record() {
    return switch (origin) {
      case Origin.Source _ -> Optional.empty();
      case Origin.Destination(String _, Position position) ->
          Optional.of(Record.of(new RecordFrame(content.array(), content.offset(), position)));
    };
  }

  /// Whether it is a refused input rather than a record.
  public boolean isRefused() {
    return origin instanceof Origin.Source;
  }
}
