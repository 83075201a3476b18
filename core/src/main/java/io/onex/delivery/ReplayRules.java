package io.onex.delivery;

import java.util.Optional;

/// How records that are sent again are judged: by today's rules, and by the condition of who asked.
@FunctionalInterface
public interface ReplayRules {
  /// Every record goes there.
  ReplayRules ALL = where -> record -> Verdict.DELIVER;

  /// Compiles the condition, so it is called on a platform thread.
  ///
  /// @param where an expression that records have to meet
  /// @return called on one thread at a time
  /// @throws IllegalArgumentException when the expression does not compile, with a sentence
  DestinationFilter today(Optional<String> where);
}
