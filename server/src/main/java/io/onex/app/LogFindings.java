package io.onex.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.onex.http.UtcTime;
import io.onex.log.LogInspection;
import io.onex.log.Record;
import io.onex.output.Cells;
import io.onex.output.Outcome;
import io.onex.output.Result;
import io.onex.output.Table;
import io.onex.segment.SegmentProblem;
import io.onex.segment.SegmentSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the log on disk holds, for people and for programs.
final class LogFindings {
  private static final String WHOLE = "every block is whole";

  private LogFindings() {}

  static Outcome outcome(List<SegmentProblem> problems) {
    return problems.isEmpty() ? Outcome.SUCCESS : Outcome.WARNING;
  }

  static String line(SegmentSummary segment) {
    return "%s  positions %d to %d, %,d bytes"
        .formatted(segment.file(), segment.firstPosition(), segment.endPosition(), segment.bytes());
  }

  static String line(Record record) {
    return "%d  %s  %s  %s  %s  %,d bytes"
        .formatted(
            record.position().offset(),
            UtcTime.text(record.ingestTimeMicros()),
            record.kind(),
            record.type(),
            record.eventId().utf8(),
            record.body().length());
  }

  /// What reading every block showed.
  record Verified(LogInspection.Report report) {
    Outcome outcome() {
      return LogFindings.outcome(report.problems());
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>(summary());
      lines.addAll(sentences(report.problems()));
      lines.add(
          outcome() == Outcome.SUCCESS
              ? WHOLE
              : Cells.count(report.positionsLost(), "position") + " lost");
      return lines;
    }

    Result result() {
      List<String> messages = new ArrayList<>(summary());
      if (outcome() == Outcome.SUCCESS) {
        messages.add(WHOLE);
      }
      ObjectNode data =
          JsonNodeFactory.instance
              .objectNode()
              .put("start", report.start().offset())
              .put("end", report.end().offset())
              .put("segments", report.segments())
              .put("blocks", report.blocks())
              .put("records", report.records())
              .put("stored_bytes", report.storedBytes())
              .put("raw_bytes", report.rawBytes())
              .put("positions_lost", report.positionsLost());
      Table table =
          Cells.table(
              "",
              JsonNodeFactory.instance.arrayNode().add(data.deepCopy()),
              "start",
              "end",
              "segments",
              "blocks",
              "records",
              "stored_bytes",
              "raw_bytes",
              "positions_lost");
      data.set("problems", objects(report.problems()));
      return new Result(outcome(), messages, sentences(report.problems()), data, List.of(table));
    }

    private List<String> summary() {
      return List.of(
          "positions %d to %d, %s in %s of %s"
              .formatted(
                  report.start().offset(),
                  report.end().offset(),
                  Cells.count(report.records(), "record"),
                  Cells.count(report.blocks(), "block"),
                  Cells.count(report.segments(), "segment")),
          "%,d bytes stored, %,d before compression"
              .formatted(report.storedBytes(), report.rawBytes()));
    }
  }

  /// Segments, and the records that were asked for.
  static final class Inspected {
    private final ArrayNode segments = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode records = JsonNodeFactory.instance.arrayNode();

    Inspected(List<SegmentSummary> all) {
      for (SegmentSummary segment : all) {
        segments
            .addObject()
            .put("file", segment.file())
            .put("first_position", segment.firstPosition())
            .put("end_position", segment.endPosition())
            .put("bytes", segment.bytes());
      }
    }

    void add(Record record) {
      records
          .addObject()
          .put("position", record.position().offset())
          .put("ingest_time", UtcTime.text(record.ingestTimeMicros()))
          .put("kind", record.kind().name().toLowerCase(Locale.ROOT))
          .put("type", record.type().name())
          .put("event_id", record.eventId().utf8())
          .put("body_bytes", record.body().length());
    }

    /// The rows are the records, or the segments when no record was asked for.
    Result result(List<SegmentProblem> problems) {
      ObjectNode data = JsonNodeFactory.instance.objectNode();
      data.set("segments", segments);
      data.set("records", records);
      data.set("problems", objects(problems));
      Table table =
          records.isEmpty()
              ? Cells.table("", segments, "file", "first_position", "end_position", "bytes")
              : Cells.table(
                  "", records, "position", "ingest_time", "kind", "type", "event_id", "body_bytes");
      return new Result(outcome(problems), List.of(), sentences(problems), data, List.of(table));
    }
  }

  private static List<String> sentences(List<SegmentProblem> problems) {
    return problems.stream().map(SegmentProblem::message).toList();
  }

  private static ArrayNode objects(List<SegmentProblem> problems) {
    ArrayNode objects = JsonNodeFactory.instance.arrayNode();
    for (SegmentProblem problem : problems) {
      objects
          .addObject()
          .put("kind", problem.kind().name().toLowerCase(Locale.ROOT))
          .put("file", problem.file())
          .put("offset", problem.offset())
          .put("bytes", problem.bytes())
          .put("first_position", problem.firstPosition())
          .put("positions", problem.positions())
          .put("message", problem.message());
    }
    return objects;
  }
}
