package io.onex.log.deadletter;

import java.util.List;
import java.util.OptionalLong;

/// Some dead letters.
///
/// @param entries by ascending id
/// @param next what [DeadLetterQuery#after] takes to list those that follow; empty at the end
public record DeadLetterPage(List<DeadLetterEntry> entries, OptionalLong next) {
  public DeadLetterPage {
    entries = List.copyOf(entries);
  }
}
