package io.onex.api;

import io.onex.log.Record;
import java.util.Optional;

/// Tells again what the rules of a record's position say about it.
public interface Judgement {
  /// Why `record` is not for `destination`: the state of the rules, or that its kind takes no such
  /// records. Empty when it is for it. Any thread; repeats only the deciding.
  Optional<String> keptAway(String destination, Record record);
}
