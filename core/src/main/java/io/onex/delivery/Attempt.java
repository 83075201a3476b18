package io.onex.delivery;

import io.onex.log.Record;
import java.util.List;

/// One request that is to be encoded and sent now.
///
/// @param id names the attempt in the answer; never reused by a machine
/// @param records at least one, in log order
/// @param again whether the records had their outcome before and are sent again on request
/// @param number 1 for the first attempt of these records
public record Attempt(long id, List<Record> records, int number, Target target, boolean again) {
  public Attempt {
    records = List.copyOf(records);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("an attempt without records");
    }
  }
}
