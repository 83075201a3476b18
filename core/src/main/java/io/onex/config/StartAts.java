package io.onex.config;

import java.util.List;
import java.util.Map;

/// How [StartAt] is written: `beginning`, `end` or a time.
final class StartAts {
  static final ValueType<StartAt> TYPE =
      Types.scalar(
          "beginning, end or a time",
          Map.of(
              "anyOf",
              List.of(
                  Map.of("enum", List.of("beginning", "end")),
                  Map.of("type", "string", "format", "date-time"))),
          StartAts::parse,
          StartAts::show);

  private StartAts() {}

  private static StartAt parse(String text) {
    return switch (text) {
      case "beginning" -> new StartAt.Beginning();
      case "end" -> new StartAt.End();
      default -> new StartAt.At(Types.instant(text));
    };
  }

  private static String show(StartAt start) {
    return switch (start) {
      case StartAt.Beginning b -> "beginning";
      case StartAt.End e -> "end";
      case StartAt.At at -> at.time().toString();
    };
  }
}
