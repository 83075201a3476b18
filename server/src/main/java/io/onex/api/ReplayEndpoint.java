package io.onex.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.onex.http.Answers;
import io.onex.http.Problem;
import io.onex.http.Query;
import io.onex.http.Route;
import io.onex.log.Log;
import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.replay.ReplaySource;
import io.onex.thread.Crew;
import io.onex.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// `/onex/v1/replay`: stretches of the log to be sent to one destination again, by today's rules.
///
/// A replay is taken on and run by the destination's delivery loop; the answer does not wait for
/// it. A dry run counts at once.
public final class ReplayEndpoint {
  private static final String PATH = "/onex/v1/replay";
  private static final int CHUNK_RECORDS = 1_000;
  private static final int CHUNK_BYTES = 1 << 20;

  private final Log log;
  private final Replays replays;
  private final GatewayView gateway;
  private final Clock clock;
  private final Crew disk;

  public ReplayEndpoint(Log log, Replays replays, GatewayView gateway, Clock clock, Crew disk) {
    this.log = log;
    this.replays = replays;
    this.gateway = gateway;
    this.clock = clock;
    this.disk = disk;
  }

  public List<Route> routes() {
    return List.of(
        Route.post(PATH, "sends a stretch of the log to a destination again", this::begin),
        Route.get(PATH, "replays that are open, and those that ended lately", this::list)
            .taking("destination"),
        Route.get(PATH + "/{id}", "how far one replay is", this::show),
        Route.delete(PATH + "/{id}", "cancels a replay", this::cancel));
  }

  private void begin(ServerRequest request, ServerResponse response) throws Exception {
    JsonRequest body =
        JsonRequest.read(request, Set.of("destination", "from", "to", "where", "dry_run"));
    String destination = body.required("destination");
    checkDestination(replays, destination);
    long now = clock.wallMicros();
    long from = Query.time("from", body.required("from"), now);
    Optional<String> until = body.text("to");
    long to = until.isPresent() ? Query.time("to", until.get(), now) : Long.MAX_VALUE;
    Optional<String> where = body.text("where");
    Predicate<Record> wanted = disk.compute(() -> RecordFilter.of(where));
    Position start = disk.call(() -> log.positionAt(from));
    Position end = until.isPresent() ? disk.call(() -> log.positionAt(to)) : log.durableEnd();
    if (end.compareTo(start) < 0) {
      throw Problem.badRequest("to is before from", "leave `to` out for everything up to now")
          .asException();
    }
    if (body.flag("dry_run")) {
      long matched = matched(destination, start, end, wanted);
      Answers.json(
          response,
          200,
          json -> {
            json.beginObject().key("matched").number(matched).key("dry_run").bool(true);
            json.key("from_position").number(start.offset());
            json.key("to_position").number(end.offset()).endObject();
          });
      return;
    }
    ReplaySource source = new ReplaySource.Stretch(start, end, where);
    Replays.Replay begun = disk.call(() -> replays.begin(destination, source));
    Answers.json(response, 202, json -> ReplayJson.object(json, begun));
  }

  /// @throws io.onex.http.ProblemException when no replay of the destination can be taken on
  static void checkDestination(Replays replays, String destination) {
    if (!replays.knows(destination)) {
      throw Problem.notFound(
              "there is no enabled destination " + destination,
              "GET /onex/v1/status lists the destinations")
          .asException();
    }
    long open =
        replays.list().stream()
            .filter(replay -> replay.job().isOpen())
            .filter(replay -> replay.job().destination().equals(destination))
            .count();
    if (open >= Replays.MOST_OPEN) {
      throw Problem.of(
              429,
              "too_many_replays",
              "destination " + destination + " has " + open + " replays that have not ended",
              "wait for some, or cancel them with DELETE " + PATH + "/{id}")
          .asException();
    }
  }

  private void list(ServerRequest request, ServerResponse response) {
    Optional<String> destination = Query.text(request, "destination");
    List<Replays.Replay> all =
        replays.list().stream()
            .filter(replay -> destination.map(replay.job().destination()::equals).orElse(true))
            .toList();
    if (all.isEmpty() && destination.isPresent()) {
      ConfiguredDestination.require(destination.get(), gateway);
    }
    Answers.json(
        response,
        200,
        json -> {
          json.beginObject().key("items").beginArray();
          all.forEach(replay -> ReplayJson.object(json, replay));
          json.endArray().endObject();
        });
  }

  private void show(ServerRequest request, ServerResponse response) {
    answer(request, response, replays.find(id(request)));
  }

  private void cancel(ServerRequest request, ServerResponse response) throws Exception {
    long id = id(request);
    answer(request, response, disk.call(() -> replays.cancel(id)));
  }

  private static void answer(
      ServerRequest request, ServerResponse response, Optional<Replays.Replay> found) {
    Replays.Replay replay =
        found.orElseThrow(() ->
            Problem.notFound(
                    "there is no replay " + id(request),
                    "GET " + PATH + " lists those that are remembered")
                .asException());
    Answers.json(response, 200, json -> ReplayJson.object(json, replay));
  }

  private static long id(ServerRequest request) {
    String text = request.path().pathParameters().get("id");
    if (text.matches("\\d{1,18}")) {
      return Long.parseLong(text);
    }
    throw Problem.badRequest("the id of a replay is a number, unlike " + text, "GET " + PATH)
        .asException();
  }

  private long matched(String destination, Position start, Position end, Predicate<Record> wanted)
      throws Exception {
    long matched = 0;
    try (LogReader reader = log.reader(start)) {
      while (reader.position().compareTo(end) < 0) {
        matched += disk.call(() -> matchedNext(reader, destination, end, wanted));
      }
    }
    return matched;
  }

  private long matchedNext(
      LogReader reader, String destination, Position end, Predicate<Record> wanted)
      throws IOException {
    return reader.read(CHUNK_RECORDS, CHUNK_BYTES).records().stream()
        .filter(record -> record.position().compareTo(end) < 0)
        .filter(wanted)
        .filter(record -> replays.isRouted(destination, record))
        .count();
  }
}
