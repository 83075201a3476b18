package io.onex.api;

import io.helidon.webserver.http.ServerResponse;
import io.onex.bytes.Slice;
import io.onex.http.Answers;
import io.onex.http.Problem;
import io.onex.http.Route;
import io.onex.http.UtcTime;
import io.onex.ingest.KeptId;
import io.onex.json.JsonFields;
import io.onex.json.JsonWriter;
import io.onex.log.Record;
import io.onex.log.SegmentedLog;
import io.onex.thread.Crew;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `GET /onex/v1/why/{event_id}`, or `POST /onex/v1/why` for an id that is too long for the line of
/// a request: the record, the operation it belongs to, and what became of it at every destination
/// and why. Reads the id index, single blocks and the delivery journals, and scans nothing.
public final class WhyEndpoint {
  private static final String PATH = "/onex/v1/why";

  /// Records of one id that are answered beside the first.
  private static final int MOST_CONFLICTING = 100;

  private final SegmentedLog log;
  private final GatewayView gateway;
  private final Fates fates;
  private final Crew disk;

  /// @param disk reads segments, indexes and journals
  public WhyEndpoint(SegmentedLog log, GatewayView gateway, Fates fates, Crew disk) {
    this.log = log;
    this.gateway = gateway;
    this.fates = fates;
    this.disk = disk;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(
            PATH + "/{+event_id}",
            "what became of one record at every destination",
            (request, response) ->
                answer(request.path().pathParameters().get("event_id"), response)),
        Route.post(
            PATH,
            "the same of a record whose id is long",
            (request, response) ->
                answer(JsonRequest.read(request, Set.of("id")).required("id"), response)));
  }

  private void answer(String id, ServerResponse response) throws Exception {
    Slice kept = KeptId.of(Slice.utf8(id));
    List<Record> conflicting =
        disk.call(() -> RecordById.findConflicting(log, kept, MOST_CONFLICTING));
    Record record =
        disk.call(() -> RecordById.find(log, kept))
            // The first may be gone.
            .or(() -> conflicting.stream().findFirst())
            .orElseThrow(() ->
                Problem.notFound(
                        "no retained record has this event id",
                        "event ids are exact; GET /onex/v1/tap shows those that come in")
                    .asException());
    Optional<Record> operation = disk.call(() -> RelatedOperation.find(log, record));
    List<Fates.Fate> all = disk.call(() -> fates.of(record, gateway.destinations()));
    Answers.json(response, 200, json -> write(json, record, operation, conflicting, all));
  }

  private static void write(
      JsonWriter json,
      Record record,
      Optional<Record> operation,
      List<Record> conflicting,
      List<Fates.Fate> all) {
    json.beginObject();
    RecordJson.members(json, record);
    if (operation.isPresent()) {
      Record ended = operation.get();
      json.key("operation").beginObject().key("event_id").text(ended.eventId());
      json.key("position").number(ended.position().offset());
      json.key("outcome").text(JsonFields.text(JsonFields.find(ended.body(), "outcome")));
      json.endObject();
    }
    if (!conflicting.isEmpty()) {
      json.key("conflicting").beginArray();
      for (Record other : conflicting) {
        json.beginObject().key("event_id").text(other.eventId());
        json.key("position").number(other.position().offset());
        json.key("type").text(other.type().name());
        json.key("ingest_time").text(UtcTime.text(other.ingestTimeMicros())).endObject();
      }
      json.endArray();
    }
    json.key("destinations").beginArray();
    for (Fates.Fate fate : all) {
      json.beginObject().key("name").text(fate.destination());
      json.key("outcome").text(fate.outcome());
      if (fate.witness().isPresent()) {
        json.key("at").text(UtcTime.text(fate.witness().get().timeMicros()));
        json.key("attempt").number((long) fate.witness().get().attempt());
      }
      json.key("reason").text(fate.reason()).endObject();
    }
    json.endArray().endObject();
  }
}
