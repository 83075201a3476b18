package io.onex.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.onex.bench.oracle.Findings;

/// Reads the ledgers out of a gateway's status.
final class Ledgers {
  private Ledgers() {}

  /// Whether no destination has anything left to do and the folds have read everything.
  static boolean drained(JsonNode status) {
    for (JsonNode destination : status.path("destinations")) {
      if (destination.path("pending").asLong() != 0) {
        return false;
      }
    }
    for (JsonNode fold : status.path("folds")) {
      if (fold.path("lag").asLong() != 0) {
        return false;
      }
    }
    return status.path("destinations").size() > 0;
  }

  /// Adds a finding when the ledger of `name` does not say that exactly `delivered` were delivered.
  static void compare(JsonNode status, String name, long delivered, Findings findings) {
    for (JsonNode destination : status.path("destinations")) {
      if (destination.path("name").asText().equals(name)) {
        if (destination.path("delivered").asLong() != delivered
            || destination.path("dead_lettered").asLong() != 0
            || destination.path("lost").asLong() != 0
            || !destination.path("balanced").asBoolean()) {
          findings.add(
              "the ledger of "
                  + name
                  + " is wrong, the back end has "
                  + delivered
                  + ": "
                  + destination);
        }
        return;
      }
    }
    findings.add("the status has no destination " + name + ": " + status);
  }

  /// Records a destination has delivered.
  static long delivered(JsonNode status, String name) {
    for (JsonNode destination : status.path("destinations")) {
      if (destination.path("name").asText().equals(name)) {
        return destination.path("delivered").asLong();
      }
    }
    return 0;
  }
}
