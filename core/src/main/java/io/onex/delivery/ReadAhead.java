package io.onex.delivery;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The thread that reads for one lane of a machine, by its orders, until it is ended.
final class ReadAhead {
  /// So that what is done with the records of one read takes well below a millisecond each time.
  private static final int MOST_RECORDS = 2_048;

  private final LinkedBlockingQueue<DeliveryAction.ReadMore> orders = new LinkedBlockingQueue<>();
  private final Thread thread;

  private ReadAhead(String name, Supplier<RecordStream> stream, Told told) {
    thread = Thread.ofVirtual().name(name).unstarted(() -> run(stream, told));
  }

  /// Where the records go, and what broke the reading; called on the reading thread.
  record Told(Consumer<JudgedRecords> records, Consumer<RuntimeException> failure) {}

  /// @param stream opened, used and closed by the thread alone
  static ReadAhead start(String name, Supplier<RecordStream> stream, Told told) {
    ReadAhead reading = new ReadAhead(name, stream, told);
    reading.thread.start();
    return reading;
  }

  void order(DeliveryAction.ReadMore more) {
    orders.add(more);
  }

  /// Stops soon; records that are being read go nowhere.
  void end() {
    thread.interrupt();
  }

  private void run(Supplier<RecordStream> opening, Told told) {
    try (RecordStream stream = opening.get()) {
      while (true) {
        DeliveryAction.ReadMore order = orders.take();
        int records = Math.min(order.maxRecords(), MOST_RECORDS);
        told.records().accept(stream.next(records, order.maxBytes()));
      }
    } catch (InterruptedException e) {
      // The owner is done with this reader.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      told.failure().accept(e);
    } catch (StackOverflowError e) {
      told.failure().accept(new IllegalStateException("reading went too deep", e));
    }
  }
}
