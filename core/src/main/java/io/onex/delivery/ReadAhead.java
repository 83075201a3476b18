package io.onex.delivery;

import io.onex.thread.OwnedThread;
import io.onex.thread.Pulse;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/// The thread that reads for one lane of a machine, by its orders, until it is ended.
final class ReadAhead {
  /// So that what is done with the records of one read takes well below a millisecond each time.
  private static final int MOST_RECORDS = 2_048;

  private final LinkedBlockingQueue<DeliveryAction.ReadMore> orders = new LinkedBlockingQueue<>();
  private final OwnedThread thread;

  private ReadAhead(String part, Function<Pulse, RecordStream> stream, Told told) {
    thread =
        OwnedThread.virtual(part.replace(' ', '-'), part, self -> run(self.pulse(), stream, told));
  }

  /// Where the records go, and what broke the reading; called on the reading thread.
  record Told(Consumer<JudgedRecords> records, Consumer<RuntimeException> failure) {}

  /// @param part how people know it, such as `reader elk`
  /// @param stream opened, used and closed by the thread alone; rests in the pulse where it waits
  ///   for records
  static ReadAhead start(String part, Function<Pulse, RecordStream> stream, Told told) {
    ReadAhead reading = new ReadAhead(part, stream, told);
    var _ = reading.thread.start();
    return reading;
  }

  Pulse pulse() {
    return thread.pulse();
  }

  void order(DeliveryAction.ReadMore more) {
    orders.add(more);
  }

  /// Stops soon; records that are being read go nowhere.
  void end() {
    thread.interrupt();
  }

  private void run(Pulse pulse, Function<Pulse, RecordStream> opening, Told told)
      throws InterruptedException {
    try (RecordStream stream = opening.apply(pulse)) {
      while (true) {
        pulse.rest();
        DeliveryAction.ReadMore order = orders.take();
        pulse.beat();
        int records = Math.min(order.maxRecords(), MOST_RECORDS);
        told.records().accept(stream.next(records, order.maxBytes()));
      }
    } catch (RuntimeException e) {
      thread.askToStop();
      told.failure().accept(e);
    } catch (StackOverflowError e) {
      told.failure().accept(new IllegalStateException("reading went too deep", e));
    }
  }
}
