package io.onex.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        throw new UsageException("there is no option " + word);
      }
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
