package io.onex.enrichment;

import io.onex.bytes.Slice;
import io.onex.json.JsonCursor;
import io.onex.json.JsonFields;
import io.onex.json.JsonWriter;
import io.onex.log.Position;
import io.onex.log.Record;
import java.util.ArrayList;
import java.util.List;

/// What is added to the records of which stretch of the log, known by the control records that
/// change it.
///
/// A record gets what its own position says, also from destinations that lag and after a restart;
/// records before the first change get what that brought. Where a catalogue was too large to be
/// kept in the log, the one that is [#current] is used.
///
/// Reading is safe for many threads at any time; changes are taken in by any thread, any number of
/// times, in any order. Changes of more than [#MAX_BYTES] altogether are not remembered: the oldest
/// are forgotten, and records before get what the oldest that is left says.
public final class EnrichmentHistory {
  /// Most bytes of canonical text that is remembered, besides the latest.
  static final int MAX_BYTES = 8 << 20;

  private volatile List<Epoch> epochs = List.of();
  private NodeCatalogue current = NodeCatalogue.EMPTY;

  /// @param from offset of the control record
  /// @param text canonical
  private record Epoch(long from, Slice text, EnrichmentRules rules, Enrichment enrichment) {}

  /// What is added to a record, as [Enrichment#enrichment] says; empty before anything is known.
  public Slice enrichment(Record record) {
    List<Epoch> all = epochs;
    long offset = record.position().offset();
    int at = all.size() - 1;
    while (at > 0 && all.get(at).from > offset) {
      at--;
    }
    return at < 0 ? Slice.EMPTY : all.get(at).enrichment.enrichment(record);
  }

  /// What today's enrichment adds to a record, wherever it stands.
  public Slice todays(Record record) {
    List<Epoch> all = epochs;
    return all.isEmpty() ? Slice.EMPTY : all.getLast().enrichment.enrichment(record);
  }

  /// Takes a change in; any other record changes nothing.
  ///
  /// @throws IllegalArgumentException when the record is a change that this version cannot read
  public void apply(Record record) {
    EnrichmentChange.read(record)
        .ifPresent(text -> add(record.position().offset(), Slice.of(text.toByteArray())));
  }

  /// The catalogue as it stands now, for stretches whose own was too large to be kept.
  public synchronized void current(NodeCatalogue catalogue) {
    current = catalogue;
    epochs =
        epochs.stream()
            .map(epoch ->
                epoch.rules.catalogue().isPresent() ? epoch : epoch(epoch.from, epoch.text))
            .toList();
  }

  /// Forgets what is added to nothing at or after `start` any more.
  public synchronized void trim(Position start) {
    List<Epoch> kept = epochs;
    while (kept.size() > 1 && kept.get(1).from <= start.offset()) {
      kept = kept.subList(1, kept.size());
    }
    epochs = List.copyOf(kept);
  }

  /// Writes all that is remembered as one JSON array.
  public void write(JsonWriter json) {
    json.beginArray();
    for (Epoch epoch : epochs) {
      json.beginObject().key("from").number(epoch.from);
      json.key("enrichment").raw(epoch.text).endObject();
    }
    json.endArray();
  }

  /// Replaces all by what [#write] wrote.
  ///
  /// @throws IllegalArgumentException when this version cannot read it; nothing has changed then
  public synchronized void restore(Slice array) {
    List<Epoch> restored = new ArrayList<>();
    JsonCursor at = new JsonCursor();
    for (at.enter(array); at.next(); ) {
      Slice text = Slice.of(JsonFields.find(at.value(), "enrichment").toByteArray());
      restored.add(epoch(JsonFields.integer(JsonFields.find(at.value(), "from"), 0), text));
    }
    epochs = List.copyOf(restored);
  }

  private synchronized void add(long offset, Slice text) {
    if (epochs.stream().anyMatch(epoch -> epoch.from == offset)) {
      return;
    }
    List<Epoch> more = new ArrayList<>(epochs);
    int at = 0;
    while (at < more.size() && more.get(at).from < offset) {
      at++;
    }
    more.add(at, epoch(offset, text));
    long bytes = more.stream().mapToLong(epoch -> epoch.text.length()).sum();
    while (more.size() > 1 && bytes - more.getLast().text.length() > MAX_BYTES) {
      bytes -= more.removeFirst().text.length();
    }
    epochs = List.copyOf(more);
  }

  private Epoch epoch(long from, Slice text) {
    EnrichmentRules rules = EnrichmentRules.parse(text);
    return new Epoch(from, text, rules, new Enrichment(rules, rules.catalogue().orElse(current)));
  }
}
