package io.onex.wire.zipkin;

import io.onex.delivery.Encoding;
import io.onex.delivery.Payload;
import io.onex.event.EventType;
import io.onex.json.JsonWriter;
import io.onex.log.DerivedRecord;
import io.onex.log.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Requests of ended operations as spans: the body of a `POST` to [#PATH], which every collector of
/// Zipkin's JSON v2 answers with 202.
///
/// Source: Zipkin API v2 (`zipkin2-api.yaml`, `POST /spans`).
public final class SpanRequests {
  /// Where collectors take spans, below their address.
  public static final String PATH = "/api/v2/spans";

  /// What a request says its body is.
  public static final String CONTENT_TYPE = "application/json";

  private static final int SPAN_BYTES = 640;

  private SpanRequests() {}

  /// Whether a span can be made of such a record: only of operations that ended.
  public static boolean takes(Record record) {
    return record instanceof DerivedRecord && record.type().equals(EventType.OPERATION_ENDED);
  }

  /// One request of all these records, which [#takes] let through; those that lack what a span
  /// cannot do without are refused.
  public static Encoding encode(List<Record> records) {
    JsonWriter json = new JsonWriter(SPAN_BYTES * records.size() + 2).beginArray();
    EndedOperation operation = new EndedOperation();
    List<Encoding.Refusal> refused = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      operation.read(records.get(i).body());
      Optional<String> flaw = operation.flaw();
      if (flaw.isPresent()) {
        refused.add(new Encoding.Refusal(i, flaw.get()));
      } else {
        SpanJson.write(json, operation);
      }
    }
    json.endArray();
    Payload payload = new Payload(List.of(json.written()), PATH, records.size() - refused.size());
    return new Encoding(payload, refused);
  }
}
