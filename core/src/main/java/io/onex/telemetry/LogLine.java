package io.onex.telemetry;

import java.time.Duration;
import java.util.Map;
import org.apache.logging.log4j.message.StringMapMessage;

/// What the program logs: one constant sentence and keys from [LogKeys].
///
/// Text layouts print `sentence key=value …`; a JSON layout finds each key as a field of its own
/// (the sentence is the field `message`), so nobody parses prose. The sentence never changes with
/// its values: it is what people search for. Values are never payloads or secrets.
///
/// ```java
/// LOG.warn(LogLine.of("destination paused").with(LogKeys.DESTINATION, name));
/// LOG.debug(() -> LogLine.of("batch sent").with(LogKeys.RECORDS, count)); // costs nothing when off
/// ```
///
/// Not meant to be shared between threads while keys are added.
public final class LogLine extends StringMapMessage {
  private static final long serialVersionUID = 1L;
  private static final String SENTENCE = "message";

  private LogLine(Map<String, String> data) {
    super(data);
  }

  public static LogLine of(String sentence) {
    return new LogLine(Map.of(SENTENCE, sentence));
  }

  /// The sentence that never changes.
  public String sentence() {
    return String.valueOf(get(SENTENCE));
  }

  @Override
  public LogLine with(String key, String value) {
    super.with(key, value);
    return this;
  }

  @Override
  public LogLine with(String key, long value) {
    super.with(key, Long.toString(value));
    return this;
  }

  @Override
  public LogLine with(String key, int value) {
    super.with(key, Integer.toString(value));
    return this;
  }

  @Override
  public LogLine with(String key, Object value) {
    super.with(key, String.valueOf(value));
    return this;
  }

  /// Adds a time span in whole milliseconds; `key` ends in `_ms`.
  public LogLine with(String key, Duration value) {
    return with(key, value.toMillis());
  }

  @Override
  public StringMapMessage newInstance(Map<String, String> map) {
    return new LogLine(map);
  }

  @Override
  public String asString() {
    StringBuilder text = new StringBuilder(String.valueOf(get(SENTENCE)));
    forEach((key, value) -> {
      if (!key.equals(SENTENCE)) {
        text.append(' ').append(key).append('=');
        appendValue(text, String.valueOf(value));
      }
    });
    return text.toString();
  }

  @Override
  public void formatTo(StringBuilder buffer) {
    buffer.append(asString());
  }

  /// Values with blanks, quotes or line ends are quoted, so that one line stays one line.
  private static void appendValue(StringBuilder text, String value) {
    boolean plain = !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c != '"');
    if (plain) {
      text.append(value);
      return;
    }
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c < ' ' ? ' ' : c);
      }
    }
    text.append('"');
  }
}
