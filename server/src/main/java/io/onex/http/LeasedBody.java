package io.onex.http;

import io.onex.ingest.ByteBudget;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// The body of a request that is kept in memory as it comes, as far as the budget for such bodies
/// reaches.
final class LeasedBody extends FilterInputStream {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ByteBudget.Lease lease;
  private long read;

  LeasedBody(InputStream body, ByteBudget.Lease lease) {
    super(body);
    this.lease = lease;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    int bytes = super.read(target, from, length);
    count(Math.max(0, bytes));
    return bytes;
  }

  private void count(int bytes) {
    read += bytes;
    if (!lease.cover(read)) {
      throw Problem.of(
              429,
              "too_many_requests",
              "too many bytes of requests are under way",
              "send it again after a pause")
          .after(RETRY)
          .asException();
    }
  }
}
