package io.onex.bench.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Drives many [Sender]s on one thread until a time: sends what is due, then takes all answers that
/// are there. One that fails is left out from then on.
final class SendingLoop implements AutoCloseable {
  private static final long TIMEOUT_NANOS = Duration.ofSeconds(60).toNanos();
  private static final int MOST_FAILURES = 5;

  private final Selector selector = Selector.open();
  private final long endNanos;
  private final List<Sender> senders = new ArrayList<>();
  private final PriorityQueue<Sender> idle =
      new PriorityQueue<>(Comparator.comparingLong(Sender::dueNanos));
  private final List<String> failures = new ArrayList<>();
  private int waiting;

  /// @param endNanos nothing is sent from then on
  SendingLoop(long endNanos) throws IOException {
    this.endNanos = endNanos;
  }

  /// A sender that connects when it is made.
  interface Connecting {
    Sender connect() throws IOException;
  }

  void add(Connecting connecting) {
    try {
      Sender sender = connecting.connect();
      senders.add(sender);
      sender.channel().register(selector, SelectionKey.OP_READ, sender);
      idle.add(sender);
    } catch (IOException e) {
      failed("the connection failed: " + e.getMessage());
    }
  }

  List<Sender> senders() {
    return senders;
  }

  /// The first sentences of what went wrong.
  List<String> failures() {
    return failures;
  }

  void run() throws IOException {
    long heardNanos = System.nanoTime();
    for (long now = heardNanos; ; now = System.nanoTime()) {
      sendDue(now);
      if (waiting == 0 && (idle.isEmpty() || now >= endNanos)) {
        return;
      }
      if (selector.select(this::act, waitMillis(now)) > 0) {
        heardNanos = now;
      } else if (waiting > 0 && now - heardNanos > TIMEOUT_NANOS) {
        failed("no answer came for " + Duration.ofNanos(TIMEOUT_NANOS));
        return;
      }
    }
  }

  private void sendDue(long now) {
    while (now < endNanos && !idle.isEmpty() && idle.element().dueNanos() <= now) {
      Sender sender = idle.remove();
      waiting++;
      sender.prepare();
      write(sender, sender.channel().keyFor(selector));
    }
  }

  /// Until the next request is due, rounded up, so that waiting does not become spinning.
  private long waitMillis(long now) {
    long until = now + TIMEOUT_NANOS;
    if (now < endNanos && !idle.isEmpty()) {
      until = Math.min(endNanos, idle.element().dueNanos());
    }
    return Math.max(1, (until - now + 999_999) / 1_000_000);
  }

  private void act(SelectionKey key) {
    Sender sender = (Sender) key.attachment();
    if (key.isReadable()) {
      read(sender, key);
    }
    if (key.isValid() && key.isWritable()) {
      write(sender, key);
    }
  }

  private void write(Sender sender, SelectionKey key) {
    try {
      boolean whole = sender.write();
      int wanted = whole ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
      if (key.interestOps() != wanted) {
        key.interestOps(wanted);
      }
    } catch (IOException e) {
      broken(key, "the connection failed: " + e.getMessage());
    }
  }

  private void read(Sender sender, SelectionKey key) {
    try {
      if (sender.read()) {
        waiting--;
        idle.add(sender);
      }
    } catch (Sender.BadAnswerException e) {
      broken(key, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      broken(key, "the connection failed: " + e.getMessage());
    }
  }

  private void broken(SelectionKey key, String sentence) {
    boolean wasIdle = idle.remove(key.attachment());
    waiting -= wasIdle ? 0 : 1;
    key.cancel();
    failed(sentence);
  }

  private void failed(String sentence) {
    if (failures.size() < MOST_FAILURES) {
      failures.add(sentence);
    }
  }

  @Override
  public void close() throws IOException {
    for (Sender sender : senders) {
      sender.channel().close();
    }
    selector.close();
  }
}
