package io.onex.api;

import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordOutcome;
import io.onex.log.deadletter.DeadLetterEntry;
import io.onex.log.deadletter.DeadLetters;
import io.onex.log.journal.DeliveryJournal;
import io.onex.log.journal.DeliveryJournalEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What became of a record at each destination, and why. Reads the disk; any thread.
///
/// Three witnesses are heard. What kept a record away follows from the rules of its position, also
/// where the journal was thinned and one entry stands for more than was sent. Otherwise the journal
/// knows how it ended; where it says nothing any more, the cursor still knows whether it did.
///
/// @param journals the delivery journal of a destination
/// @param deadLetters of destinations
public record Fates(
    Function<String, Optional<DeliveryJournal>> journals,
    DeadLetters deadLetters,
    Judgement judgement) {
  /// @param outcome as in the reference of the HTTP API
  /// @param reason a sentence, or empty when the outcome tells all
  /// @param witness the journal's entry about it, when there is one
  record Fate(
      String destination, String outcome, String reason, Optional<DeliveryJournalEntry> witness) {}

  List<Fate> of(Record record, List<DestinationView> destinations) throws IOException {
    List<Fate> fates = new ArrayList<>();
    for (DestinationView destination : destinations) {
      fates.add(of(record, destination));
    }
    return fates;
  }

  private Fate of(Record record, DestinationView destination) throws IOException {
    String name = destination.name();
    Position position = record.position();
    if (position.compareTo(destination.entry().cursor().first()) < 0) {
      return new Fate(
          name,
          "before_its_time",
          "the destination began at position " + destination.entry().cursor().first().offset(),
          Optional.empty());
    }
    if (!destination.entry().cursor().isCompleted(position)) {
      return new Fate(name, "pending", pending(destination), Optional.empty());
    }
    Optional<DeliveryJournalEntry> witness = witness(name, position);
    if (witness.isPresent() && witness.get().outcome() == RecordOutcome.DEAD_LETTERED) {
      Optional<String> sentence =
          deadLetters.find(name, position, witness.get().timeMicros()).map(Fates::sentence);
      if (sentence.isPresent()) {
        return new Fate(name, text(RecordOutcome.DEAD_LETTERED), sentence.get(), witness);
      }
    }
    Optional<String> keptAway =
        witness.map(DeliveryJournalEntry::outcome).filter(Fates::isUnsent).isPresent()
            ? Optional.empty()
            : judgement.keptAway(name, record);
    if (keptAway.isPresent()) {
      return new Fate(
          name, text(RecordOutcome.FILTERED), keptAway.get(), witness.filter(Fates::isFiltered));
    }
    return witness.isPresent()
        ? new Fate(name, text(witness.get().outcome()), reason(witness.get()), witness)
        : new Fate(name, "settled", "its journal entry is not kept any more", witness);
  }

  private Optional<DeliveryJournalEntry> witness(String name, Position position)
      throws IOException {
    Optional<DeliveryJournal> journal = journals.apply(name);
    List<DeliveryJournalEntry> entries =
        journal.isPresent() ? journal.get().lookup(position) : List.of();
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
  }

  /// Outcomes that came over a record before its rules were asked.
  private static boolean isUnsent(RecordOutcome outcome) {
    return outcome == RecordOutcome.EXPIRED || outcome == RecordOutcome.LOST;
  }

  private static boolean isFiltered(DeliveryJournalEntry entry) {
    return entry.outcome() == RecordOutcome.FILTERED;
  }

  private static String pending(DestinationView destination) {
    if (!destination.enabled()) {
      return "the destination is disabled";
    }
    return destination.reason();
  }

  private static String reason(DeliveryJournalEntry entry) {
    return switch (entry.outcome()) {
      case DELIVERED -> "";
      case FILTERED -> "it was kept away when its turn came; settings have changed since";
      case SAMPLED -> "the sampling policy left it out";
      case DIVERTED -> "its fallback destination has it";
      case EXPIRED -> "retention removed it before it could be delivered";
      case LOST -> "its block of the log is damaged";
      case DEAD_LETTERED -> "its dead letter is not kept any more";
    };
  }

  private static String sentence(DeadLetterEntry entry) {
    return entry.letter().reason()
        + ": "
        + entry.letter().sentence()
        + (entry.replayed() ? " (sent again since)" : "");
  }

  private static String text(RecordOutcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
