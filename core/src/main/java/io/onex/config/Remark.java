package io.onex.config;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a kind of integration says about settings that can be read one by one, but not together or
/// not as meant.
///
/// @param key the setting concerned; empty for the destination as a whole
/// @param message what is wrong; holds no secret
/// @param hint what to do about it, may be empty
public record Remark(Problem.Severity severity, String key, String message, String hint) {
  /// The review of a kind that has no more to say than what making its settings would throw: the
  /// message of an [IllegalArgumentException] as an error of the destination.
  public static Function<Section, List<Remark>> errorsOf(Consumer<Section> make) {
    return section -> {
      try {
        make.accept(section);
        return List.of();
      } catch (IllegalArgumentException e) {
        return List.of(new Remark(Problem.Severity.ERROR, "", String.valueOf(e.getMessage()), ""));
      }
    };
  }

  /// The destination is made, but probably not as meant.
  public static Remark warning(Field<?> field, String message, String hint) {
    return new Remark(Problem.Severity.WARNING, field.name(), message, hint);
  }
}
