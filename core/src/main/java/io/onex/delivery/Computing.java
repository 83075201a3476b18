package io.onex.delivery;

import io.onex.log.Record;
import io.onex.thread.Crew;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Where one destination computes on records: judges and encodes them.
///
/// A few records are computed on by the thread that asks, which may be virtual. More would hold its
/// carrier for too long and go to the crew that all destinations share. Of that crew a destination
/// never has more than half, so that one whose encoder is slow leaves threads to the others.
final class Computing {
  /// What takes well below a millisecond, whatever the rules and the integration are.
  static final int FEW_RECORDS = 64;

  static final int FEW_BYTES = 16 << 10;

  private final Crew crew;
  private final Semaphore share;

  Computing(Crew crew) {
    this.crew = crew;
    // Fair, so that reading ahead and attempts take turns.
    this.share = new Semaphore(Math.max(1, crew.size() / 2), true);
  }

  /// Computes on `records`. Bounded CPU work only: whoever waits in it makes others wait.
  ///
  /// @throws InterruptedException when the thread is interrupted, or all is being stopped
  <T> T on(List<Record> records, Supplier<T> work) throws InterruptedException {
    if (areFew(records)) {
      return work.get();
    }
    share.acquire();
    try {
      return crew.compute(work);
    } finally {
      share.release();
    }
  }

  private static boolean areFew(List<Record> records) {
    if (records.size() > FEW_RECORDS) {
      return false;
    }
    long bytes = 0;
    for (Record record : records) {
      bytes += record.body().length();
    }
    return bytes <= FEW_BYTES;
  }
}
