package io.onex.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.bytes.Slice;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordFrame;
import io.onex.log.RecordWriter;
import io.onex.log.fold.Fold;
import io.onex.routing.RuleHistory;
import io.onex.routing.TracingRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Drives an operation fold and keeps what it concludes, read back with Jackson.
final class FoldRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OperationSettings settings;
  private final RuleHistory rules;
  private final RecordWriter writer = new RecordWriter(1024);
  private final Fold.Conclusions conclusions = () -> writer;
  private final List<Record> concluded = new ArrayList<>();
  private OperationFold fold;

  FoldRun(OperationSettings settings) {
    this(settings, new RuleHistory(rule -> {}));
  }

  /// @param rules those by whose spans it goes; more may be added later
  FoldRun(OperationSettings settings, RuleHistory rules) {
    this.settings = settings;
    this.rules = rules;
    this.fold = newFold();
  }

  private OperationFold newFold() {
    return new OperationFold(settings, OperationListener.NONE, new TracingRules(rules));
  }

  static FoldRun withDefaults() {
    return new FoldRun(OperationSettings.DEFAULT);
  }

  OperationFold fold() {
    return fold;
  }

  FoldRun take(String... events) {
    for (String event : events) {
      take(Events.record(event));
    }
    return this;
  }

  FoldRun take(Record record) {
    fold.apply(record, conclusions);
    collect();
    return this;
  }

  FoldRun tick(String time) {
    fold.advance(Events.micros(time), conclusions);
    collect();
    return this;
  }

  /// As after a restart: a new fold with the snapshot of this one.
  FoldRun restart() {
    Slice snapshot = fold.snapshot();
    fold = newFold();
    fold.restore(snapshot);
    return this;
  }

  List<Record> records() {
    return List.copyOf(concluded);
  }

  /// The bodies of the derived records so far.
  List<JsonNode> bodies() {
    return concluded.stream().map(FoldRun::json).toList();
  }

  JsonNode only() {
    if (concluded.size() != 1) {
      throw new AssertionError("one conclusion expected, not " + bodies());
    }
    return json(concluded.getFirst());
  }

  JsonNode last() {
    return json(concluded.getLast());
  }

  static JsonNode json(Record record) {
    try {
      return JSON.readTree(record.body().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void collect() {
    byte[] encoded = writer.encoded().toByteArray();
    for (int at = 0; at < encoded.length; at += RecordFrame.encodedLength(encoded, at)) {
      concluded.add(Record.of(new RecordFrame(encoded, at, new Position(0, concluded.size()))));
    }
    writer.clear();
  }
}
