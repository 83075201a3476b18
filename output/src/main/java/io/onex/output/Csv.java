package io.onex.output;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Lines of comma-separated values (RFC 4180) that a sheet takes for data, never for formulas.
///
/// A text that a sheet could calculate gets an apostrophe in front; numbers stay numbers.
final class Csv {
  /// Where a formula could begin: in front, behind blanks, or behind what separates cells in sheets
  /// of other countries, which do not heed the quotes then.
  private static final Pattern FORMULA =
      Pattern.compile("(^|;)([\\p{Z}\"]*)(?=[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])");

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private static final Pattern QUOTED = Pattern.compile("[,;\"]|^\\p{Z}|\\p{Z}$");

  private Csv() {}

  /// One record with its line end.
  static String line(List<String> cells) {
    return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String cell(String text) {
    // A dash stands for nothing.
    if (text.equals("-") || NUMBER.matcher(text).matches()) {
      return text;
    }
    String harmless = FORMULA.matcher(Printable.text(text)).replaceAll("$1'$2");
    if (!text.isEmpty() && Character.isISOControl(text.charAt(0))) {
      harmless = "'" + harmless;
    }
    boolean quote = QUOTED.matcher(harmless).find();
    return quote ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
  }
}
