package io.onex.routing;

import io.onex.bytes.Slice;
import io.onex.enrichment.EnrichmentHistory;
import io.onex.json.JsonCursor;
import io.onex.json.JsonFields;
import io.onex.json.JsonWriter;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.fold.Fold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which rules judge which stretch of the log, and what is added to its records: a fold over the
/// control records that change them.
///
/// Records before a change are judged by the rules of their own position, also by destinations that
/// lag and after a restart. Records before the first change are judged by the first rules. A
/// destination that the rules of a position do not know is judged by the first later ones that do,
/// so that one added `from: beginning` gets the past by the rules it came with.
///
/// Reading is safe for many threads at any time; changes are taken in by any thread, any number of
/// times, in any order. The owner of folds drives it up to the durable end before deliveries start;
/// after that each [Router] also shows it every change it comes by, so no destination can run ahead
/// of a change.
public final class RuleHistory implements Fold {
  private static final int FORMAT = 2;

  private final RuleFailures failures;
  private final EnrichmentHistory enrichments = new EnrichmentHistory();
  private volatile List<Epoch> epochs = List.of();
  private volatile int changes;

  /// Rules and where they begin.
  ///
  /// @param from offset of the control record that brought them
  public record Epoch(long from, RuleSet rules) {}

  public RuleHistory(RuleFailures failures) {
    this.failures = failures;
  }

  @Override
  public String name() {
    return "rules";
  }

  /// What is added to records, by their position.
  public EnrichmentHistory enrichments() {
    return enrichments;
  }

  @Override
  public void apply(Record record, Conclusions conclusions) {
    apply(record);
  }

  /// Takes a change of the rules or the enrichment in; any other record changes nothing.
  ///
  /// @throws IllegalArgumentException when the record is a change that this version cannot read
  public void apply(Record record) {
    RulesChange.read(record).ifPresent(rules -> add(record.position().offset(), rules));
    enrichments.apply(record);
  }

  /// Takes in that `rules` apply from the control record at `offset` on.
  public synchronized void add(long offset, Rules rules) {
    if (epochs.stream().anyMatch(epoch -> epoch.from == offset)) {
      return;
    }
    List<Epoch> more = new ArrayList<>(epochs);
    int at = 0;
    while (at < more.size() && more.get(at).from < offset) {
      at++;
    }
    more.add(at, new Epoch(offset, RuleSet.restore(rules, failures)));
    replace(more);
  }

  /// Forgets rules that judge nothing at or after `start` any more.
  public synchronized void trim(Position start) {
    List<Epoch> kept = epochs;
    while (kept.size() > 1 && kept.get(1).from <= start.offset()) {
      kept = kept.subList(1, kept.size());
    }
    replace(kept);
    enrichments.trim(start);
  }

  /// All rules that are remembered, oldest first.
  public List<Epoch> epochs() {
    return epochs;
  }

  /// Index of the rules that judge a record at `offset`: those in force there, before the first
  /// change the first ones; -1 when there are none.
  static int indexAt(List<Epoch> epochs, long offset) {
    int at = epochs.size() - 1;
    while (at > 0 && epochs.get(at).from > offset) {
      at--;
    }
    return at;
  }

  /// The latest rules.
  public Optional<RuleSet> latest() {
    List<Epoch> all = epochs;
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().rules);
  }

  /// Whether the latest rules send `record` to `destination`, wherever it stands.
  public boolean routesToday(String destination, Record record) {
    Optional<RuleSet> today = latest();
    int bit = today.map(rules -> rules.destinations().indexOf(destination)).orElse(-1);
    return bit >= 0 && (today.get().decideAnew(record) & (1L << bit)) != 0;
  }

  /// Differs after every change, so that a reader notices one at the cost of one read.
  int changes() {
    return changes;
  }

  @Override
  public void advance(long logTimeMicros, Conclusions conclusions) {
    // Rules do not change by the passing of time.
  }

  /// A change is read before it is put in its place, and taken in twice it is the same.
  @Override
  public boolean isIntact() {
    return true;
  }

  @Override
  public Slice snapshot() {
    JsonWriter json = new JsonWriter(1024);
    json.beginObject().key("version").number(FORMAT).key("epochs").beginArray();
    for (Epoch epoch : epochs) {
      json.beginObject().key("from").number(epoch.from);
      json.key("rules").raw(epoch.rules.rules().json()).endObject();
    }
    json.endArray();
    enrichments.write(json.key("enrichments"));
    json.endObject();
    return Slice.of(json.toByteArray());
  }

  @Override
  public synchronized void restore(Slice snapshot) {
    if (JsonFields.integer(JsonFields.find(snapshot, "version"), 0) != FORMAT) {
      throw new IllegalArgumentException("a snapshot of rules in a format of another version");
    }
    List<Epoch> restored = new ArrayList<>();
    JsonCursor at = new JsonCursor();
    for (at.enter(JsonFields.find(snapshot, "epochs")); at.next(); ) {
      Slice epoch = at.value();
      restored.add(
          new Epoch(
              JsonFields.integer(JsonFields.find(epoch, "from"), 0),
              RuleSet.restore(Rules.parse(JsonFields.find(epoch, "rules")), failures)));
    }
    enrichments.restore(JsonFields.find(snapshot, "enrichments"));
    replace(restored);
  }

  /// The list goes first, so that whoever sees the new number sees the new list.
  private synchronized void replace(List<Epoch> now) {
    epochs = List.copyOf(now);
    changes = changes + 1;
  }
}
