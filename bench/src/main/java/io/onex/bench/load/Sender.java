package io.onex.bench.load;

import io.onex.bench.oracle.Promises;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// One connection of a [Load], kept open: a request at a time, then its answer, neither waited for
/// here. Every answer is checked and its promise kept. One thread at a time.
final class Sender {
  /// More than this is not handed to the operating system at once: what it does not take would be
  /// copied again with the next try.
  private static final int MOST_WRITTEN = 128 << 10;

  private static final int HEAD_BYTES = 128;

  private final SocketChannel channel;
  private final EventSeries series;
  private final Promises promises;
  private final AtomicLong next;
  private final int perRequest;
  private final long intervalNanos;
  private final byte[] head;
  private final byte[] request;
  private final ByteBuffer out;
  private final AnswerReader answer = new AnswerReader();
  private byte[] goodBody = {};
  private long[] latencies = new long[1024];
  private int requests;
  private long acknowledged;
  private long from;
  private long owedEnd = -1;
  private long dueNanos;

  /// Connects.
  ///
  /// @param next number of the next event that nobody sends yet
  /// @param dueNanos when the first request should be sent
  /// @param intervalNanos between two requests; 0 for as fast as answers come
  Sender(
      int port,
      EventSeries series,
      Promises promises,
      AtomicLong next,
      int perRequest,
      long dueNanos,
      long intervalNanos)
      throws IOException {
    this.series = series;
    this.promises = promises;
    this.next = next;
    this.perRequest = perRequest;
    this.dueNanos = dueNanos;
    this.intervalNanos = intervalNanos;
    String type = perRequest == 1 ? "application/json" : "application/x-ndjson";
    head =
        ("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                + type
                + "\r\nContent-Length: ")
            .getBytes(StandardCharsets.US_ASCII);
    request = new byte[HEAD_BYTES + perRequest * (EventSeries.MAX_BYTES + 1)];
    out = ByteBuffer.wrap(request).limit(0);
    channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  SocketChannel channel() {
    return channel;
  }

  long acknowledged() {
    return acknowledged;
  }

  int requests() {
    return requests;
  }

  /// Microseconds each request took.
  long[] latenciesMicros() {
    return Arrays.copyOf(latencies, requests);
  }

  long dueNanos() {
    return dueNanos;
  }

  /// Makes the next request; [#write] sends it. It is due now unless the run has a rate.
  void prepare() {
    if (intervalNanos == 0) {
      dueNanos = System.nanoTime();
    }
    from = claim();
    int end = HEAD_BYTES;
    for (long n = from; n < from + perRequest; n++) {
      end = series.render(n, request, end);
      request[end++] = '\n';
    }
    // The head is written backwards from the body, whose length it tells.
    int at = HEAD_BYTES;
    for (byte b : new byte[] {'\n', '\r', '\n', '\r'}) {
      request[--at] = b;
    }
    for (int rest = end - HEAD_BYTES; rest > 0; rest /= 10) {
      request[--at] = (byte) ('0' + rest % 10);
    }
    at -= head.length;
    System.arraycopy(head, 0, request, at, head.length);
    out.limit(end).position(at);
  }

  /// First number of the next request. With one event per request the END of an operation follows
  /// its START on the same connection.
  private long claim() {
    if (owedEnd >= 0) {
      long end = owedEnd;
      owedEnd = -1;
      return end;
    }
    int events = Math.max(2, perRequest);
    long first = next.getAndAdd(events);
    promises.sending(first, first + events);
    owedEnd = perRequest == 1 ? first + 1 : -1;
    return first;
  }

  /// Sends what the connection takes now.
  ///
  /// @return whether the whole request is sent
  boolean write() throws IOException {
    int limit = out.limit();
    while (out.position() < limit) {
      out.limit(Math.min(limit, out.position() + MOST_WRITTEN));
      int asked = out.remaining();
      int taken = channel.write(out);
      out.limit(limit);
      if (taken < asked) {
        return false;
      }
    }
    return true;
  }

  /// Takes what came.
  ///
  /// @return whether the answer was there, good, and the next request may be prepared
  /// @throws IOException when the connection or the answer is not what it should be
  boolean read() throws IOException {
    int count = channel.read(answer.space());
    if (count < 0) {
      throw new IOException("the connection ended within an answer");
    }
    if (count == 0 || !answer.add(count)) {
      return false;
    }
    check();
    answer.clear();
    promises.acknowledged(from, from + perRequest);
    acknowledged += perRequest;
    if (requests == latencies.length) {
      latencies = Arrays.copyOf(latencies, requests * 2);
    }
    latencies[requests++] = (System.nanoTime() - dueNanos) / 1000;
    dueNanos += intervalNanos;
    return true;
  }

  /// The answer is either byte for byte one that was found good, or is looked at.
  private void check() throws IOException {
    if (answer.status() == 202 && answer.hasBody(goodBody)) {
      return;
    }
    byte[] body = answer.body();
    String text = new String(body, StandardCharsets.UTF_8);
    if (answer.status() != 202) {
      throw new BadAnswerException("answered " + answer.status() + ": " + text);
    }
    String packed = text.replace(" ", "");
    if (!packed.contains("\"accepted\":" + perRequest + ",")
        && !packed.contains("\"accepted\":" + perRequest + "}")) {
      throw new BadAnswerException(
          "a request of " + perRequest + " events was answered with " + text);
    }
    goodBody = body;
  }

  /// The gateway answered something else than that it took all.
  static final class BadAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    BadAnswerException(String message) {
      super(message);
    }
  }
}
