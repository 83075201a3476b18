package io.onex.output;

/// Colours, or none: terminals that cannot or should not show them get plain text.
///
/// @param colour whether escape sequences may be printed
public record Style(boolean colour) {
  private static final String RESET = "\u001b[0m";

  /// Colours on a terminal, unless the environment asks for none: `NO_COLOR`, `TERM=dumb`,
  /// `CI=true`.
  public static Style ofEnvironment() {
    boolean plain =
        System.getenv("NO_COLOR") != null
            || "dumb".equals(System.getenv("TERM"))
            || "true".equals(System.getenv("CI"));
    return new Style(!plain && Terminal.isThere());
  }

  public String heading(String text) {
    return wrap("\u001b[1m", text);
  }

  public String good(String text) {
    return wrap("\u001b[32m", text);
  }

  public String bad(String text) {
    return wrap("\u001b[31m", text);
  }

  private String wrap(String code, String text) {
    return colour ? code + text + RESET : text;
  }
}
