package io.onex.api;

import io.onex.log.Record;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Sends records to a destination once more, beside its cursor.
public interface Redelivery {
  /// Whether there is such a destination that is enabled.
  boolean knows(String destination);

  /// Sends some records and waits for the outcome of each. Blocks.
  ///
  /// @return one entry per record: empty when it was delivered, else why not
  /// @throws InterruptedException when the gateway stops meanwhile
  List<Optional<String>> send(String destination, List<Record> records)
      throws IOException, InterruptedException;

  /// Whether today's rules send `record` to `destination`, and it takes it.
  boolean isRouted(String destination, Record record);
}
