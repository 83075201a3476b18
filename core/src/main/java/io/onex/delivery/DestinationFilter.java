package io.onex.delivery;

import io.onex.log.Record;

/// Decides which records go to one destination: routing and sampling as one function.
///
/// Pure: the same record always gets the same verdict, also after a restart, because rules are
/// versioned by position. Records that the gateway made about this very destination must be
/// filtered. Called by one thread at a time.
@FunctionalInterface
public interface DestinationFilter {
  Verdict judge(Record record);
}
