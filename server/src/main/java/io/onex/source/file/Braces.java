package io.onex.source.file;

import java.util.ArrayList;
import java.util.List;

/// Braces of a pattern, as a shell expands them: `a{b,c}d` stands for `abd` and `acd`. Braces
/// without a comma, or that do not close, are characters like others.
final class Braces {
  private Braces() {}

  /// All that `text` stands for, in order, with the backslashes still in it; stops early once there
  /// are more than `most`.
  static List<String> expand(String text, int most) {
    List<String> done = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(text));
    while (!open.isEmpty() && done.size() + open.size() <= most) {
      String next = open.removeFirst();
      int start = firstGroup(next);
      if (start < 0) {
        done.add(next);
        continue;
      }
      List<String> choices = choices(next, start);
      int end = groupEnd(next, start);
      for (int i = choices.size() - 1; i >= 0; i--) {
        open.addFirst(next.substring(0, start) + choices.get(i) + next.substring(end + 1));
      }
    }
    done.addAll(open);
    return done;
  }

  private static int firstGroup(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '{' && groupEnd(text, i) >= 0 && choices(text, i).size() > 1) {
        return i;
      }
    }
    return -1;
  }

  private static int groupEnd(String text, int start) {
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '{' -> depth++;
        case '}' -> depth--;
        default -> {
          continue;
        }
      }
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> choices(String text, int start) {
    List<String> choices = new ArrayList<>();
    int depth = 0;
    int from = start + 1;
    int end = groupEnd(text, start);
    for (int i = start + 1; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        choices.add(text.substring(from, i));
        from = i + 1;
      }
    }
    choices.add(text.substring(from, end));
    return choices;
  }
}
