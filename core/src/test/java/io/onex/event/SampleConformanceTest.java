package io.onex.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.Slice;
import io.onex.enrichment.RedactionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Reads the collection of sample events that may stand beside the checkout and compares each
/// outcome with the one advised there. Disagreements are argued in `designs/event-codec.md`.
class SampleConformanceTest {
  private static final long RECEIVED_MICROS =
      Instant.parse("2026-11-23T00:00:00Z").getEpochSecond() * 1_000_000;

  /// What the collection notes about lines where we decide otherwise, each argued in
  /// `designs/event-codec.md`.
  private static final Map<String, String> ARGUED =
      Map.of(
          "CloudEvents in", "CloudEvents are mapped, which the advice calls optional",
          "START stamped in LOCAL",
              "a local clock shows only beside the END; operations correct it");

  private final EventDecoder decoder =
      new EventDecoder(EventLimits.DEFAULT, RedactionPolicy.DEFAULT, 42);

  @Test
  void every_sample_line_has_the_advised_outcome_or_an_argued_one() throws IOException {
    Path samples = samples();
    if (samples == null) {
      System.out.println("NOT RUN: no ../shared/samples beside the checkout, sample conformance");
      return;
    }
    Map<String, int[]> agreement = new TreeMap<>();
    List<String> unexpected = new ArrayList<>();
    List<String> argued = new ArrayList<>();
    Map<String, List<byte[]>> files = new HashMap<>();
    Map<String, String> contents = new HashMap<>();
    List<String> rows = Files.readAllLines(samples.resolve("EXPECTATIONS.tsv"));
    for (String row : rows.subList(1, rows.size())) {
      String[] columns = row.split("\t", -1);
      String file = columns[0];
      int line = Integer.parseInt(columns[1]);
      if (!files.containsKey(file)) {
        files.put(file, lines(Files.readAllBytes(samples.resolve(file))));
        contents.clear();
      }
      String actual = outcome(files.get(file).get(line - 1), contents);
      String advised = columns[2];
      int[] counts = agreement.computeIfAbsent(file, f -> new int[2]);
      if (agrees(advised, actual)) {
        counts[0]++;
      } else {
        counts[1]++;
        String difference = file + ":" + line + " advised " + advised + ", is " + actual;
        String reason = argument(columns[6]);
        (reason == null ? unexpected : argued)
            .add(difference + (reason == null ? "" : " (" + reason + ")"));
      }
    }
    System.out.printf("%-28s %6s %6s %9s%n", "sample file", "lines", "agree", "disagree");
    agreement.forEach((file, counts) ->
        System.out.printf(
            "%-28s %6d %6d %9d%n", file, counts[0] + counts[1], counts[0], counts[1]));
    argued.forEach(difference -> System.out.println("  argued: " + difference));

    assertThat(unexpected).isEmpty();
  }

  private static @Nullable String argument(String note) {
    for (Map.Entry<String, String> argued : ARGUED.entrySet()) {
      if (note.startsWith(argued.getKey())) {
        return argued.getValue();
      }
    }
    return null;
  }

  private static boolean agrees(String advised, String actual) {
    return switch (advised) {
      // The codec sees one event at a time; the log finds duplicates.
      case "duplicate" -> actual.equals("accept");
      // Dashboard data is no event stream: anything but a refusal keeps a batch going.
      case "fixture" -> !actual.startsWith("reject");
      default -> advised.equals(actual.split(" ", 2)[0]);
    };
  }

  /// @param contents of the events of the file so far, by event id: as the log, which sees more
  ///   than one event, tells those that differ under one id
  private String outcome(byte[] line, Map<String, String> contents) {
    return switch (decoder.decode(line, 0, line.length, Carrier.NONE, RECEIVED_MICROS)) {
      case DecodeOutcome.Accepted(DecodedEvent event) when event.kind() == EventKind.LOG ->
          event.type().equals(EventType.AUDIT) ? "audit" : "log";
      case DecodeOutcome.Accepted(DecodedEvent event) when event.warnings() != 0 ->
          "accept+warn " + EventWarning.of(event.warnings());
      case DecodeOutcome.Accepted(DecodedEvent event) ->
          isConflicting(event, contents) ? "accept+warn conflicting" : "accept";
      case DecodeOutcome.Ignored ignored -> "ignore";
      case DecodeOutcome.Refused(Refusal refusal) ->
          "reject:" + refusal.code().code() + " " + refusal;
      case DecodeOutcome.Blank blank -> "skip";
    };
  }

  /// Whether the first event of this id said something else. What stands around an event, such as
  /// an envelope, is no part of it.
  private static boolean isConflicting(DecodedEvent event, Map<String, String> contents) {
    String first =
        event.hasEventId() ? contents.putIfAbsent(event.eventId().utf8(), content(event)) : null;
    return first != null && !first.equals(content(event));
  }

  private static String content(DecodedEvent event) {
    Slice body = event.body();
    return event.type()
        + " "
        + (event.nodeIdLength() == 0
            ? ""
            : body.part(event.nodeIdOffset(), event.nodeIdLength()).utf8())
        + " "
        + (event.metadataLength() == 0
            ? ""
            : body.part(event.metadataOffset(), event.metadataLength()).utf8());
  }

  private static List<byte[]> lines(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    BatchReader batch =
        new BatchReader(bytes, 0, bytes.length, BatchFormat.LINES, Integer.MAX_VALUE);
    while (batch.next()) {
      lines.add(new Slice(bytes, batch.start(), batch.end() - batch.start()).toByteArray());
    }
    return lines;
  }

  private static @Nullable Path samples() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path samples = at.resolveSibling("shared").resolve("samples");
      if (Files.exists(samples.resolve("EXPECTATIONS.tsv"))) {
        return samples;
      }
    }
    return null;
  }
}
