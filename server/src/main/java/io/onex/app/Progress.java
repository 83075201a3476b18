package io.onex.app;

import io.onex.api.Moving;
import io.onex.delivery.DestinationStatus;
import io.onex.ingest.Intake;
import io.onex.log.LogState;
import io.onex.log.SegmentedLog;
import io.onex.log.fold.FoldRunnerProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What has to get on: the committer of the log, the folds, the delivery loops. All of it is asked
/// for without waiting for a disk.
///
/// @param hasWork as it was when looked at
record Progress(String name, long done, boolean hasWork, Optional<String> failure)
    implements Moving {
  static List<Moving> of(SegmentedLog log, Intake intake, Folds folds, Destinations destinations) {
    List<Moving> all = new ArrayList<>();
    LogState.Appends appends = log.appends();
    // A commit that hangs holds those who append, so that they are work that waits.
    all.add(
        new Progress(
            "log",
            appends.commits() + appends.failures(),
            intake.appendsUnderWay() > 0,
            Optional.empty()));
    // What folds conclude waits with them for a disk that is full: /ready tells of that.
    boolean appendable = log.unavailable().isEmpty();
    for (FoldRunnerProgress fold : folds.progress()) {
      all.add(
          new Progress(
              "fold " + fold.fold(),
              fold.position().offset(),
              Folds.lag(fold, log) > 0 && appendable,
              fold.broken() ? fold.failure() : Optional.empty()));
    }
    for (Running one : destinations.all()) {
      if (one.loop().isPresent() && destinations.isStarted()) {
        DestinationStatus status = one.loop().get().status();
        all.add(delivery(one, status, log));
      }
    }
    return all;
  }

  /// A loop gets on while it settles records or makes attempts; what waits for a system that is
  /// down is no sign of a sick gateway.
  private static Progress delivery(Running one, DestinationStatus status, SegmentedLog log) {
    boolean waits = !status.reason().isEmpty() || status.attemptsUnderWay() > 0;
    boolean pending = status.entry().cursor().pending(log.durableEnd()) > 0;
    return new Progress(
        "delivery " + one.config().name(),
        status.entry().ledger().settled(),
        pending && !waits,
        Optional.empty());
  }
}
