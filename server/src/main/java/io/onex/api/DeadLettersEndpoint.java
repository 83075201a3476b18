package io.onex.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.onex.http.Answers;
import io.onex.http.Problem;
import io.onex.http.Query;
import io.onex.http.Route;
import io.onex.http.UtcTime;
import io.onex.json.JsonWriter;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.deadletter.DeadLetter;
import io.onex.log.deadletter.DeadLetterCount;
import io.onex.log.deadletter.DeadLetterEntry;
import io.onex.log.deadletter.DeadLetterPage;
import io.onex.log.deadletter.DeadLetterQuery;
import io.onex.log.deadletter.DeadLetters;
import io.onex.log.replay.ReplaySource;
import io.onex.thread.Crew;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// `/onex/v1/dead-letters`: what was given up, to be read and to be sent again.
///
/// Ids are `refused-N` for input that a source refused, `NAME-N` for records that destination NAME
/// gave up; N counts within each of the two.
public final class DeadLettersEndpoint {
  private static final String PATH = "/onex/v1/dead-letters";
  private static final String REFUSED = "refused";

  private final DeadLetters given;
  private final DeadLetters refused;
  private final Replays replays;
  private final GatewayView gateway;
  private final Crew disk;

  /// @param given records that destinations gave up
  /// @param refused input that sources refused
  /// @param disk reads segments
  public DeadLettersEndpoint(
      DeadLetters given, DeadLetters refused, Replays replays, GatewayView gateway, Crew disk) {
    this.given = given;
    this.refused = refused;
    this.replays = replays;
    this.gateway = gateway;
    this.disk = disk;
  }

  public List<Route> routes() {
    return List.of(
        Route.get(PATH, "what could not be delivered or taken in", this::list)
            .taking("destination", "reason", "limit", "after"),
        Route.post(PATH + "/replay", "sends dead letters again", this::replay),
        Route.get(PATH + "/{id}", "one dead letter with its body", this::show));
  }

  private void list(ServerRequest request, ServerResponse response) throws Exception {
    Optional<String> name = Query.text(request, "destination");
    int limit = (int) Query.number(request, "limit", 50, 1, DeadLetterQuery.MAX_LIMIT);
    boolean onlyRefused = name.filter(REFUSED::equals).isPresent();
    DeadLetters store = onlyRefused ? refused : given;
    DeadLetterQuery query =
        new DeadLetterQuery(
            onlyRefused ? Optional.empty() : name,
            Query.text(request, "reason"),
            true,
            after(request),
            limit);
    Predicate<DeadLetterCount> wanted =
        count -> onlyRefused || name.isEmpty() || name.get().equals(count.name());
    byte[] answer =
        disk.call(() -> {
          DeadLetterPage page = store.list(query);
          List<DeadLetterCount> counts = store.counts().stream().filter(wanted).toList();
          if (counts.isEmpty() && !onlyRefused && name.isPresent()) {
            ConfiguredDestination.require(name.get(), gateway);
          }
          return Answers.bytes(json -> page(json, page, counts));
        });
    Answers.json(response, 200, answer);
  }

  private static long after(ServerRequest request) {
    String id = Query.text(request, "after").orElse("");
    return id.isEmpty() ? 0 : number(id);
  }

  private void show(ServerRequest request, ServerResponse response) throws Exception {
    String id = request.path().pathParameters().get("id");
    DeadLetters store = id.startsWith(REFUSED + "-") ? refused : given;
    Answers.json(response, 200, disk.call(() -> written(store, id)));
  }

  private static byte[] written(DeadLetters store, String id) throws IOException {
    DeadLetterEntry entry =
        store
            .find(number(id))
            .filter(found -> id(found).equals(id))
            .orElseThrow(() ->
                Problem.notFound(
                        "there is no dead letter " + id, "GET " + PATH + " lists what there is")
                    .asException());
    return Answers.bytes(json -> {
      members(json.beginObject(), entry);
      body(json, entry.letter());
      json.endObject();
    });
  }

  private void replay(ServerRequest request, ServerResponse response) throws Exception {
    JsonRequest body = JsonRequest.read(request, Set.of("destination", "ids"));
    String destination = body.required("destination");
    ReplayEndpoint.checkDestination(replays, destination);
    SortedSet<Long> ids = new TreeSet<>();
    if (body.texts("ids").filter(List::isEmpty).isPresent()) {
      throw Problem.badRequest("ids is empty", "leave it out for all that were not replayed")
          .asException();
    }
    for (String id : body.texts("ids").orElse(List.of())) {
      ids.add(chosen(destination, id));
    }
    ReplaySource source =
        ids.isEmpty()
            ? new ReplaySource.Letters(Position.START, new Position(0, given.nextId()), ids)
            : new ReplaySource.Letters(
                new Position(0, ids.first()), new Position(0, ids.last() + 1), ids);
    Replays.Replay begun = disk.call(() -> replays.begin(destination, source));
    Answers.json(response, 202, json -> ReplayJson.object(json, begun));
  }

  private long chosen(String destination, String id) throws Exception {
    return disk.call(() -> given.find(number(id)))
        .filter(entry -> entry.letter().origin().name().equals(destination))
        .map(DeadLetterEntry::id)
        .orElseThrow(() ->
            Problem.notFound(
                    "destination " + destination + " has no dead letter " + id,
                    "GET " + PATH + " lists what there is")
                .asException());
  }

  private static void page(JsonWriter json, DeadLetterPage page, List<DeadLetterCount> counts) {
    Map<String, Long> byReason = new TreeMap<>();
    counts.forEach(count -> byReason.merge(count.reason(), count.letters(), Long::sum));
    json.beginObject();
    json.key("total").number(counts.stream().mapToLong(DeadLetterCount::letters).sum());
    json.key("by_reason").beginObject();
    byReason.forEach((reason, letters) -> json.key(reason).number((long) letters));
    json.endObject();
    json.key("items").beginArray();
    for (DeadLetterEntry entry : page.entries()) {
      members(json.beginObject(), entry);
      json.endObject();
    }
    json.endArray();
    page.next().ifPresent(next -> json.key("next").number(next));
    json.endObject();
  }

  private static void members(JsonWriter json, DeadLetterEntry entry) {
    DeadLetter letter = entry.letter();
    json.key("id").text(id(entry));
    json.key("destination").text(letter.isRefused() ? REFUSED : letter.origin().name());
    json.key("reason").text(letter.reason());
    json.key("detail").text(letter.sentence());
    json.key("at").text(UtcTime.text(letter.timeMicros()));
    json.key("attempts").number((long) letter.attempts());
    json.key("replayed").bool(entry.replayed());
    switch (letter.origin()) {
      case DeadLetter.Origin.Source(String name) -> json.key("source").text(name);
      case DeadLetter.Origin.Destination(String name, Position position) -> {
        Record record = letter.record().orElseThrow();
        json.key("position").number(position.offset());
        json.key("event_id").text(record.eventId());
        json.key("type").text(record.type().name());
        json.key("node_id").text(io.onex.json.JsonText.unescape(record.nodeId()));
      }
    }
  }

  /// A record's body is JSON; refused input is text, as it may be anything.
  private static void body(JsonWriter json, DeadLetter letter) {
    json.key("body");
    if (letter.isRefused()) {
      json.text(letter.content().utf8());
    } else {
      json.raw(letter.record().orElseThrow().body());
    }
  }

  private static String id(DeadLetterEntry entry) {
    DeadLetter letter = entry.letter();
    return (letter.isRefused() ? REFUSED : letter.origin().name()) + "-" + entry.id();
  }

  private static long number(String id) {
    String digits = id.substring(id.lastIndexOf('-') + 1);
    if (digits.matches("\\d{1,18}")) {
      return Long.parseLong(digits);
    }
    throw Problem.badRequest("an id ends in a number, unlike " + id, "GET " + PATH + " lists them")
        .asException();
  }
}
