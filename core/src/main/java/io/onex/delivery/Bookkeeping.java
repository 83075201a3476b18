package io.onex.delivery;

import io.onex.log.cursor.CursorEntry;
import io.onex.log.deadletter.DeadLetter;
import io.onex.telemetry.LogKeys;
import io.onex.telemetry.LogLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Writes down what a destination has done: dead letters, cursor, delivery journal, watch, metrics.
/// Belongs to the loop's owner.
final class Bookkeeping {
  private static final Logger LOG = LogManager.getLogger(Bookkeeping.class);

  private final DeliveryEnvironment environment;
  private final DestinationSetup setup;
  private final DeliveryTelemetry telemetry;
  private final DiskReads disk;
  private CursorEntry committed;

  Bookkeeping(
      DeliveryEnvironment environment,
      DestinationSetup setup,
      DeliveryTelemetry telemetry,
      DiskReads disk) {
    this.disk = disk;
    this.environment = environment;
    this.setup = setup;
    this.telemetry = telemetry;
    this.committed = environment.replays().settled(setup.entry());
  }

  /// The cursor and ledger as saved last.
  CursorEntry committed() {
    return committed;
  }

  /// Tells where the destination stands at the start.
  void begin() {
    telemetry.committed(committed);
    environment.watch().moved(setup.name(), committed.cursor());
  }

  void commit(CursorEntry entry, List<Settlement> settled) {
    environment.cursors().save(entry);
    committed = entry;
    JournalLines.of(settled, environment.clock().wallMicros()).forEach(setup.journal()::append);
    telemetry.committed(entry);
    environment.watch().moved(setup.name(), entry.cursor());
  }

  /// Saves how far a replay has come.
  void commitReplay(CursorEntry entry) {
    environment.cursors().save(entry);
    committed = entry;
    telemetry.committed(entry);
  }

  /// Makes dead letters durable, on the pool: to know those that are kept already, segments may
  /// have to be read.
  ///
  /// @return whether they are
  boolean keep(List<Rejected> rejected) {
    List<DeadLetter> letters = new ArrayList<>(rejected.size());
    for (Rejected each : rejected) {
      letters.add(
          DeadLetter.of(
              setup.name(),
              each.record(),
              each.why().code().text(),
              each.why().reason(),
              environment.clock().wallMicros(),
              each.attempts()));
    }
    try {
      disk.onPool(() -> {
        environment.deadLetters().keep(letters);
        return letters;
      });
      rejected.forEach(telemetry::rejected);
      return true;
    } catch (InterruptedException e) {
      // Kept or not: when they are asked for again, none is kept twice.
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      LOG.warn(
          LogLine.of("dead letters cannot be kept; their records stay pending")
              .with(LogKeys.DESTINATION, setup.name())
              .with(LogKeys.RECORDS, letters.size())
              .with(LogKeys.REASON, String.valueOf(e.getMessage())));
      return false;
    }
  }

  void announce(StateChange change) {
    LogLine line =
        LogLine.of("Destination changed its state")
            .with(LogKeys.DESTINATION, change.destination())
            .with("from", change.from().text())
            .with("to", change.to().text());
    if (change.to() == DestinationState.DELIVERING) {
      LOG.info(line);
    } else {
      LOG.warn(line.with(LogKeys.REASON, change.reason()));
    }
    environment.announcements().accept(change);
  }

  void end() {
    environment.watch().forget(setup.name());
  }
}
