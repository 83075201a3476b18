package io.onex.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// The types settings have.
public final class Types {
  /// Any text that is not blank.
  public static final ValueType<String> TEXT =
      scalar("text", Map.of("type", "string"), Types::notBlank, v -> v);

  /// A value that is never shown. See [Secret].
  public static final ValueType<Secret> SECRET =
      new ScalarType<>("a secret", Map.of("type", "string"), false, Secret::of, Secret::toString);

  /// `true` or `false`.
  public static final ValueType<Boolean> BOOLEAN =
      scalar("true or false", Map.of("type", "boolean"), Types::truth, String::valueOf);

  /// A time span with a unit, longer than zero. See [DurationText].
  public static final ValueType<Duration> DURATION =
      scalar(
          "duration",
          Map.of("type", "string", "pattern", DurationText.PATTERN),
          text -> positive(DurationText.parse(text)),
          DurationText::format);

  /// A time span with a unit, zero included.
  public static final ValueType<Duration> DURATION_OR_ZERO =
      scalar(
          "duration",
          Map.of("type", List.of("string", "integer"), "pattern", DurationText.PATTERN),
          DurationText::parse,
          DurationText::format);

  /// A number of seconds, for keys that end in `_seconds`.
  public static final ValueType<Duration> SECONDS =
      scalar(
          "a number of seconds",
          Map.of("type", "number", "exclusiveMinimum", 0),
          text -> positive(Duration.ofNanos((long) (decimalOf(text) * 1e9))),
          d -> plain(d.toNanos() / 1e9));

  /// A number of bytes, at least 1. See [ByteSize].
  public static final ValueType<ByteSize> SIZE =
      scalar(
          "size",
          Map.of("type", List.of("string", "integer"), "pattern", ByteSize.PATTERN),
          Types::positiveSize,
          ByteSize::toString);

  /// An absolute `http` or `https` address without credentials.
  public static final ValueType<URI> HTTP_URI =
      scalar(
          "http address", Map.of("type", "string", "format", "uri"), Types::httpUri, URI::toString);

  /// A pattern. See [Glob].
  public static final ValueType<Glob> GLOB =
      scalar("pattern", Map.of("type", "string"), Glob::of, Glob::pattern);

  /// A file or folder; relative ones count from where the program was started.
  public static final ValueType<Path> PATH =
      scalar("path", Map.of("type", "string"), Types::pathOf, Path::toString);

  /// A share between 0 and 1, written `0.25` or `25%`.
  public static final ValueType<Double> RATIO =
      scalar(
          "share",
          Map.of("type", List.of("string", "number"), "minimum", 0, "maximum", 1),
          Types::ratio,
          Types::plain);

  private Types() {}

  /// A text that `parse` turns into a value, or refuses with an [IllegalArgumentException] whose
  /// message says what to write.
  ///
  /// @param schema JSON Schema of the text or number as written
  public static <T> ValueType<T> scalar(
      String label,
      Map<String, Object> schema,
      Function<String, T> parse,
      Function<T, String> show) {
    return new ScalarType<>(label, schema, true, parse, show);
  }

  /// A whole number within bounds, both included.
  public static ValueType<Integer> integer(int min, int max) {
    return scalar(
        "whole number",
        Map.of("type", "integer", "minimum", min, "maximum", max),
        text -> {
          if (!text.matches("-?[0-9]{1,9}") || outside(Integer.parseInt(text), min, max)) {
            throw new IllegalArgumentException("between " + min + " and " + max);
          }
          return Integer.valueOf(text);
        },
        String::valueOf);
  }

  /// A number within bounds, both included.
  public static ValueType<Double> decimal(double min, double max) {
    return scalar(
        "number",
        Map.of("type", "number", "minimum", min, "maximum", max),
        text -> {
          double value = decimalOf(text);
          if (outside(value, min, max)) {
            throw new IllegalArgumentException("between " + plain(min) + " and " + plain(max));
          }
          return value;
        },
        Types::plain);
  }

  /// One of the names of an enum, in lower case.
  public static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Types::lower).toList();
    return scalar(
        "one of " + String.join(", ", names),
        Map.of("type", "string", "enum", names),
        text -> {
          for (E constant : type.getEnumConstants()) {
            if (lower(constant).equals(text)) {
              return constant;
            }
          }
          throw new IllegalArgumentException(Suggestion.hint(text, names, ""));
        },
        Types::lower);
  }

  /// Values in order. A single value may stand without brackets.
  public static <T> ValueType<List<T>> list(ValueType<T> item) {
    return new ListType<>(item);
  }

  /// Names that the operator chooses, to values.
  public static <T> ValueType<Map<String, T>> map(ValueType<T> value) {
    return new MapType<>(value);
  }

  /// A mapping of settings, made into a record by `make`, which may refuse a combination with an
  /// [IllegalArgumentException] that says what is wrong.
  public static <T> ValueType<T> section(Fields fields, Function<Section, T> make) {
    return new SectionType<>(fields, make);
  }

  /// The lower-case name of an enum constant, as written in files.
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// An instant in RFC 3339, such as `2026-01-31T12:00:00Z`.
  static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("write a time such as 2026-01-31T12:00:00Z", e);
    }
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    return text;
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("write true or false");
    };
  }

  private static Duration positive(Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException("longer than zero");
    }
    return duration;
  }

  private static ByteSize positiveSize(String text) {
    ByteSize size = ByteSize.parse(text);
    if (size.bytes() == 0) {
      throw new IllegalArgumentException("at least one byte");
    }
    return size;
  }

  private static double decimalOf(String text) {
    if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
      throw new IllegalArgumentException("write a number such as 30 or 0.5");
    }
    return Double.parseDouble(text);
  }

  private static double ratio(String text) {
    boolean percent = text.endsWith("%");
    double number = decimalOf(percent ? text.substring(0, text.length() - 1).strip() : text);
    double share = percent ? number / 100 : number;
    if (outside(share, 0, 1)) {
      throw new IllegalArgumentException("between 0 and 1, or 0% and 100%");
    }
    return share;
  }

  private static URI httpUri(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!http || uri.getHost() == null) {
        throw new IllegalArgumentException("write an address such as http://host:8080");
      }
      if (uri.getRawUserInfo() != null) {
        throw new IllegalArgumentException(
            "an address holds no user or password; give them in settings of their own");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("write an address such as http://host:8080", e);
    }
  }

  private static Path pathOf(String text) {
    try {
      return Path.of(notBlank(text));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("this system allows no such path", e);
    }
  }

  private static boolean outside(double value, double min, double max) {
    return !(value >= min && value <= max);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
