package io.onex.delivery;

import io.onex.log.Record;
import java.io.IOException;
import java.util.List;

/// One kind of external system: it encodes, sends once and classifies the answer, nothing else.
///
/// Retry, backoff, batching, rate limit, circuit breaking, dead letters, metrics and logging belong
/// to the delivery loop. `encode` and `takes` are pure: no I/O, no clock. `send` blocks and is
/// called by several attempts at once when the destination allows parallel attempts.
public interface Integration extends AutoCloseable {
  /// Whether this record means anything to the system. What it does not take counts as filtered.
  boolean takes(Record record);

  /// Turns records that it takes into one request.
  Encoding encode(List<Record> records, EncodeContext context);

  /// Sends the request once and says what became of it.
  ///
  /// @throws IOException when no answer came: the loop treats it as [DeliveryResult.Retryable]
  /// @throws InterruptedException when the attempt is abandoned because the gateway stops
  DeliveryResult send(Payload payload) throws IOException, InterruptedException;

  /// Looks whether the system can be reached, without delivering anything.
  Probe probe() throws IOException, InterruptedException;

  /// Releases connections. No attempt is under way.
  @Override
  void close();

  /// The outcome of a probe.
  sealed interface Probe {
    /// The system answered.
    record Reachable(String detail) implements Probe {}

    /// It did not, or refused.
    record Unreachable(String reason) implements Probe {}

    /// The system offers no way to ask.
    record Unknown(String reason) implements Probe {}
  }
}
