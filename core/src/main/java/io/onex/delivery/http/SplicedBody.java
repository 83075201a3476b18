package io.onex.delivery.http;

import io.onex.event.Slice;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;

/// A request body spliced together from slices as the connection asks for it.
///
/// Large slices are sent as views of their arrays. Small ones are gathered first, because each
/// buffer costs a write to the socket, which is dearer than copying a few kilobytes.
final class SplicedBody {
  private static final int VIEW_FROM_BYTES = 16 << 10;
  private static final int LARGEST_BYTES = 64 << 10;

  private SplicedBody() {}

  static BodyPublisher of(List<Slice> parts) {
    long length = 0;
    for (Slice part : parts) {
      length += part.length();
    }
    return length == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(
            subscriber -> subscriber.onSubscribe(new Cutter(parts, subscriber)), length);
  }

  /// Hands one buffer over per request of the subscriber, on the subscriber's thread.
  private static final class Cutter implements Flow.Subscription {
    private final List<Slice> parts;
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private int part;
    private int offset;
    private long wanted;
    private boolean handing;
    private boolean ended;

    Cutter(List<Slice> parts, Flow.Subscriber<? super ByteBuffer> subscriber) {
      this.parts = parts;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long more) {
      if (more <= 0 && !ended) {
        ended = true;
        subscriber.onError(new IllegalArgumentException("a request for " + more + " buffers"));
        return;
      }
      wanted = wanted + more < 0 ? Long.MAX_VALUE : wanted + more;
      if (handing) {
        return;
      }
      handing = true;
      while (wanted > 0 && !ended) {
        wanted--;
        ByteBuffer next = next();
        if (next.hasRemaining()) {
          subscriber.onNext(next);
        } else {
          ended = true;
          subscriber.onComplete();
        }
      }
      handing = false;
    }

    @Override
    public void cancel() {
      ended = true;
    }

    private ByteBuffer next() {
      skipFinished();
      if (part == parts.size()) {
        return ByteBuffer.allocate(0);
      }
      int rest = parts.get(part).length() - offset;
      return rest >= VIEW_FROM_BYTES ? view(Math.min(rest, LARGEST_BYTES)) : gathered();
    }

    private ByteBuffer view(int bytes) {
      Slice slice = parts.get(part);
      int from = slice.offset() + offset;
      offset += bytes;
      return ByteBuffer.wrap(slice.array(), from, bytes).asReadOnlyBuffer();
    }

    private ByteBuffer gathered() {
      byte[] buffer = new byte[VIEW_FROM_BYTES];
      int filled = 0;
      while (part < parts.size() && filled < buffer.length) {
        Slice slice = parts.get(part);
        int bytes = Math.min(slice.length() - offset, buffer.length - filled);
        System.arraycopy(slice.array(), slice.offset() + offset, buffer, filled, bytes);
        filled += bytes;
        offset += bytes;
        skipFinished();
      }
      return ByteBuffer.wrap(buffer, 0, filled);
    }

    private void skipFinished() {
      while (part < parts.size() && offset == parts.get(part).length()) {
        part++;
        offset = 0;
      }
    }
  }
}
