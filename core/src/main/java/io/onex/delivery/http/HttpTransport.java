package io.onex.delivery.http;

import java.io.IOException;

/// Sends one HTTP request and waits for the whole answer.
public interface HttpTransport extends AutoCloseable {
  /// @throws IOException when no complete answer came in time, or it was larger than the limit
  /// @throws InterruptedException when the thread is interrupted while waiting
  HttpAnswer exchange(HttpCall call) throws IOException, InterruptedException;

  @Override
  void close();
}
