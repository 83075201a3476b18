package io.onex.app;

import io.onex.config.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Words of a command line taken apart: options with a value, switches, and the rest.
final class Arguments {
  private final Map<String, String> values = new HashMap<>();
  private final List<String> rest = new ArrayList<>();

  /// @param valued options that take the next word, or what stands behind `=`
  /// @param switches options without a value
  /// @throws UsageException when an option is unknown or lacks its value
  Arguments(List<String> words, Set<String> valued, Set<String> switches) throws UsageException {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String name = equals > 0 ? word.substring(0, equals) : word;
      if (!word.startsWith("-") || word.equals("-")) {
        rest.add(word);
      } else if (switches.contains(word)) {
        values.put(word, "");
      } else if (valued.contains(name) && equals > 0) {
        values.put(name, word.substring(equals + 1));
      } else if (valued.contains(word) && i + 1 < words.size()) {
        values.put(word, words.get(++i));
      } else if (valued.contains(word)) {
        throw new UsageException(word + " needs a value");
      } else {
        Set<String> known = new TreeSet<>(valued);
        known.addAll(switches);
        throw new UsageException(
            "there is no option " + name + suggestion(name, known, "see --help"));
      }
    }
  }

  private static String suggestion(String word, Set<String> known, String otherwise) {
    return "; "
        + Suggestion.nearest(word, known)
            .map(meant -> "did you mean " + meant + "?")
            .orElse(otherwise);
  }

  /// Whether help is asked for, whatever else stands there.
  static boolean wantsHelp(List<String> words) {
    return words.contains("--help") || words.contains("-h");
  }

  /// @param program what stands before the command, such as `onex log`
  /// @throws UsageException when the first word is none of `commands`
  void requireCommand(String program, Set<String> commands) throws UsageException {
    String given = rest.isEmpty() ? "" : rest.getFirst();
    if (!commands.contains(given)) {
      throw new UsageException(
          (given.isEmpty() ? program + " needs a command" : "there is no " + program + " " + given)
              + suggestion(
                  given, commands, "there is " + String.join(", ", new TreeSet<>(commands))));
    }
  }

  boolean has(String option) {
    return values.containsKey(option);
  }

  Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }

  /// The words that are no options, in order.
  List<String> rest() {
    return List.copyOf(rest);
  }
}
