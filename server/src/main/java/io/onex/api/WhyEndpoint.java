package io.onex.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.onex.event.JsonWriter;
import io.onex.event.Slice;
import io.onex.http.Answers;
import io.onex.http.Problem;
import io.onex.http.Route;
import io.onex.http.UtcTime;
import io.onex.ingest.Crew;
import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.SegmentedLog;
import io.onex.log.journal.DeliveryJournal;
import io.onex.log.journal.DeliveryJournalEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// `GET /onex/v1/why/{event_id}`: the record and what became of it at every destination. Reads the
/// id index, one block and the delivery journals; scans nothing.
public final class WhyEndpoint {
  private static final int ONE_BLOCK = 1 << 20;

  private final SegmentedLog log;
  private final GatewayView gateway;
  private final Function<String, Optional<DeliveryJournal>> journals;
  private final Crew disk;

  /// @param journals the delivery journal of a destination
  /// @param disk reads segments, indexes and journals
  public WhyEndpoint(
      SegmentedLog log,
      GatewayView gateway,
      Function<String, Optional<DeliveryJournal>> journals,
      Crew disk) {
    this.log = log;
    this.gateway = gateway;
    this.journals = journals;
    this.disk = disk;
  }

  /// What became of the record at one destination.
  private record Fate(String name, Optional<DeliveryJournalEntry> entry, String outcome) {}

  public Route route() {
    return Route.get(
        "/onex/v1/why/{+event_id}", "what became of one record at every destination", this::handle);
  }

  private void handle(ServerRequest request, ServerResponse response) throws Exception {
    String id = request.path().pathParameters().get("event_id");
    Record record =
        disk.call(() -> find(Slice.utf8(id)))
            .orElseThrow(() ->
                Problem.notFound(
                        "no retained record has this event id",
                        "event ids are exact; GET /onex/v1/tap shows those that come in")
                    .asException());
    List<Fate> fates = disk.call(() -> fates(record.position()));
    Answers.json(response, 200, json -> write(json, record, fates));
  }

  private Optional<Record> find(Slice id) throws IOException {
    Optional<Position> position = log.find(id);
    if (position.isEmpty()) {
      return Optional.empty();
    }
    try (LogReader reader = log.reader(position.get())) {
      return reader.read(1, ONE_BLOCK).records().stream()
          .filter(record -> record.position().equals(position.get()))
          .findFirst();
    }
  }

  private List<Fate> fates(Position position) throws IOException {
    List<Fate> fates = new ArrayList<>();
    for (DestinationView view : gateway.destinations()) {
      Optional<DeliveryJournal> journal = journals.apply(view.name());
      List<DeliveryJournalEntry> entries =
          journal.isPresent() ? journal.get().lookup(position) : List.of();
      if (!entries.isEmpty()) {
        DeliveryJournalEntry last = entries.getLast();
        fates.add(new Fate(view.name(), Optional.of(last), outcome(last)));
      } else {
        fates.add(new Fate(view.name(), Optional.empty(), unwitnessed(view, position)));
      }
    }
    return fates;
  }

  /// The journal is a witness only: where it says nothing, the cursor still knows whether the
  /// record is settled.
  private static String unwitnessed(DestinationView view, Position position) {
    if (position.compareTo(view.entry().cursor().first()) < 0) {
      return "before_its_time";
    }
    return view.entry().cursor().isCompleted(position) ? "settled" : "pending";
  }

  private static String outcome(DeliveryJournalEntry entry) {
    return entry.outcome().name().toLowerCase(Locale.ROOT);
  }

  private static void write(JsonWriter json, Record record, List<Fate> fates) {
    json.beginObject();
    RecordJson.members(json, record);
    json.key("destinations").beginArray();
    for (Fate fate : fates) {
      json.beginObject().key("name").text(fate.name());
      json.key("outcome").text(fate.outcome());
      if (fate.entry().isPresent()) {
        json.key("at").text(UtcTime.text(fate.entry().get().timeMicros()));
        json.key("attempt").number((long) fate.entry().get().attempt());
      }
      json.endObject();
    }
    json.endArray().endObject();
  }
}
