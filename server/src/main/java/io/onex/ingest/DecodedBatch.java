package io.onex.ingest;

import io.onex.bytes.Slice;
import io.onex.event.BatchFormat;
import io.onex.event.BatchReader;
import io.onex.event.DecodeOutcome;
import io.onex.event.DecodedEvent;
import io.onex.event.EventKind;
import io.onex.event.IgnoreReason;
import io.onex.event.Refusal;
import io.onex.log.RecordFlags;
import io.onex.log.RecordKind;
import io.onex.log.RecordWriter;
import io.onex.log.SourceKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Turns the elements of a body into encoded records and refusals. Reusable; one thread at a time.
///
/// Nothing is made per element that is good and has an id: the decoder gives offsets, the writer
/// copies bytes.
final class DecodedBatch {
  private static final int MOST_KEPT = 1_000;
  private static final int MOST_KEPT_BYTES = 1 << 20;
  private static final int MOST_TEXT_BYTES = 64 << 10;

  private final RecordWriter writer;

  /// Those refused since the last element that was taken, with their texts.
  private final List<Rejection> together = new ArrayList<>();

  private final RefusedLines lines = new RefusedLines();
  private final List<Rejection> rejections = new ArrayList<>();
  private final List<RefusedText> refused = new ArrayList<>();
  private long rejected;
  private long refusedBytes;
  private final Map<IgnoreReason, Long> ignored = new EnumMap<>(IgnoreReason.class);
  private final WarningCounts warnings = new WarningCounts();
  private long warned;

  DecodedBatch(RecordWriter writer) {
    this.writer = writer;
  }

  /// A refused element without its secrets, and why it was refused.
  record RefusedText(Rejection rejection, Slice redacted) {}

  /// Reads all of `body`; what was there before is forgotten.
  void decode(
      BodyDecoder decoder,
      Slice body,
      BatchFormat format,
      SourceKind source,
      ElementIds ids,
      long nowMicros,
      int maxElements) {
    clear();
    BatchReader reader =
        new BatchReader(body.array(), body.offset(), body.end(), format, maxElements);
    while (reader.next()) {
      switch (decoder.decode(body.array(), reader.start(), reader.end(), nowMicros)) {
        case DecodeOutcome.Accepted(DecodedEvent event) -> {
          endRefused(decoder);
          boolean minted = !event.hasEventId();
          if (minted) {
            begin(event, ids.idOf(element(body, reader), reader.offset()), nowMicros);
          } else {
            begin(event, nowMicros);
          }
          write(event, source, minted);
        }
        case DecodeOutcome.Ignored(IgnoreReason reason) -> ignored.merge(reason, 1L, Long::sum);
        case DecodeOutcome.Refused(Refusal refusal) ->
            reject(reader.index(), refusal, reader.offset(), element(body, reader));
        case DecodeOutcome.Blank _ -> {
          // An empty line means nothing.
        }
      }
    }
    Refusal fault = reader.fault();
    if (fault != null) {
      int from = Math.min(fault.byteOffset(), body.length());
      reject(reader.index() + 1, fault, 0, body.part(from, body.length() - from));
    }
    endRefused(decoder);
  }

  /// The records, ready to be appended.
  RecordWriter records() {
    return writer;
  }

  /// The first refusals, to be answered.
  List<Rejection> rejections() {
    return List.copyOf(rejections);
  }

  /// The first refused elements, to be kept.
  List<RefusedText> refused() {
    return List.copyOf(refused);
  }

  /// All elements that were refused.
  long rejectedCount() {
    return rejected;
  }

  long ignoredCount() {
    return ignored.values().stream().mapToLong(Long::longValue).sum();
  }

  /// How many elements were ignored for which reason.
  Map<IgnoreReason, Long> ignored() {
    return Map.copyOf(ignored);
  }

  /// Events with at least one warning.
  long warnedCount() {
    return warned;
  }

  WarningCounts warnings() {
    return warnings;
  }

  void clear() {
    writer.clear();
    rejections.clear();
    refused.clear();
    together.clear();
    lines.clear();
    rejected = 0;
    refusedBytes = 0;
    ignored.clear();
    warnings.clear();
    warned = 0;
  }

  private static Slice element(Slice body, BatchReader reader) {
    return body.part(reader.offset(), reader.end() - reader.start());
  }

  /// Begins the record of an event that has an id, mostly without making a slice of it.
  private void begin(DecodedEvent event, long nowMicros) {
    int offset = event.eventIdOffset();
    if (offset == DecodedEvent.ABSENT || event.eventIdLength() > RecordWriter.MAX_EVENT_ID_BYTES) {
      begin(event, KeptId.of(event.eventId()), nowMicros);
      return;
    }
    writer.begin(
        kind(event),
        event.type(),
        event.bodyArray(),
        event.bodyOffset() + offset,
        event.eventIdLength(),
        nowMicros,
        event.timeMicros());
  }

  private void begin(DecodedEvent event, Slice id, long nowMicros) {
    writer.begin(kind(event), event.type(), id, nowMicros, event.timeMicros());
  }

  private static RecordKind kind(DecodedEvent event) {
    return event.kind() == EventKind.EVENT ? RecordKind.EVENT : RecordKind.LOG;
  }

  private void write(DecodedEvent event, SourceKind source, boolean minted) {
    writer.source(source).flags(flags(event, minted));
    if (event.nodeIdOffset() != DecodedEvent.ABSENT) {
      writer.nodeId(event.nodeIdOffset(), event.nodeIdLength());
    }
    if (event.correlationIdOffset() != DecodedEvent.ABSENT) {
      writer.correlationId(event.correlationIdOffset(), event.correlationIdLength());
    }
    if (event.metadataOffset() != DecodedEvent.ABSENT) {
      writer.metadata(event.metadataOffset(), event.metadataLength());
    }
    writer.body(event.bodyArray(), event.bodyOffset(), event.bodyLength()).end();
    if (event.warnings() != 0) {
      warned++;
      warnings.add(event.warnings());
    }
  }

  private static int flags(DecodedEvent event, boolean minted) {
    return (event.redacted() ? RecordFlags.REDACTED : 0)
        | (event.repaired() ? RecordFlags.REPAIRED : 0)
        | (event.nodeIdEscaped() ? RecordFlags.NODE_ID_ESCAPED : 0)
        | (event.correlationIdEscaped() ? RecordFlags.CORRELATION_ID_ESCAPED : 0)
        | (event.timeAssumed() ? RecordFlags.TIME_ASSUMED : 0)
        | (event.timeOfEnvelope() ? RecordFlags.TIME_OF_ENVELOPE : 0)
        | (event.warnings() != 0 ? RecordFlags.WARNED : 0)
        | (event.mayHoldTraceId() ? 0 : RecordFlags.NO_TRACE_ID)
        | (event.mayHoldCoverage() ? 0 : RecordFlags.NO_COVERAGE)
        | (event.saysMoreInPayload() ? RecordFlags.SAYS_MORE_IN_PAYLOAD : 0)
        | (event.saysMoreBeside() ? RecordFlags.SAYS_MORE_BESIDE : 0)
        | (minted ? RecordFlags.MINTED_ID : 0);
  }

  private void reject(int index, Refusal refusal, int elementOffset, Slice text) {
    rejected++;
    Rejection rejection =
        new Rejection(
            index,
            refusal.code().code(),
            refusal.field(),
            refusal.message(),
            (long) elementOffset + refusal.byteOffset());
    if (rejections.size() < IntakeSettings.MOST_REJECTIONS) {
      rejections.add(rejection);
    }
    if (refused.size() + together.size() < MOST_KEPT && refusedBytes < MOST_KEPT_BYTES) {
      Slice head = text.part(0, Math.min(text.length(), MOST_TEXT_BYTES));
      together.add(rejection);
      lines.add(head);
      refusedBytes += head.length();
    }
  }

  /// What was refused one after the other has come to its end, and can be cleaned of secrets.
  private void endRefused(BodyDecoder decoder) {
    if (together.isEmpty()) {
      return;
    }
    List<Slice> redacted = lines.redacted(decoder);
    for (int i = 0; i < redacted.size(); i++) {
      refused.add(new RefusedText(together.get(i), Slice.of(redacted.get(i).toByteArray())));
    }
    together.clear();
    lines.clear();
  }
}
