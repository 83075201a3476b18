package io.onex.log.deadletter;

import java.util.Optional;

/// Which dead letters to list.
///
/// @param name only those of this destination or source
/// @param reason only those with this reason
/// @param withReplayed whether those sent again since are listed too
/// @param afterId only those with a higher id; 0 for all
/// @param limit most letters of the page, 1 to [#MAX_LIMIT]
public record DeadLetterQuery(
    Optional<String> name, Optional<String> reason, boolean withReplayed, long afterId, int limit) {
  /// Most letters of one page.
  public static final int MAX_LIMIT = 1_000;

  public DeadLetterQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " letters, not " + limit);
    }
  }

  /// The first `limit` letters that were not replayed.
  public static DeadLetterQuery first(int limit) {
    return new DeadLetterQuery(Optional.empty(), Optional.empty(), false, 0, limit);
  }

  public DeadLetterQuery of(String destinationOrSource) {
    return new DeadLetterQuery(
        Optional.of(destinationOrSource), reason, withReplayed, afterId, limit);
  }

  public DeadLetterQuery because(String wantedReason) {
    return new DeadLetterQuery(name, Optional.of(wantedReason), withReplayed, afterId, limit);
  }

  public DeadLetterQuery includingReplayed() {
    return new DeadLetterQuery(name, reason, true, afterId, limit);
  }

  public DeadLetterQuery after(long id) {
    return new DeadLetterQuery(name, reason, withReplayed, id, limit);
  }

  boolean matches(DeadLetterEntry entry) {
    return entry.id() > afterId
        && (withReplayed || !entry.replayed())
        && name.map(entry.letter().origin().name()::equals).orElse(true)
        && reason.map(entry.letter().reason()::equals).orElse(true);
  }
}
