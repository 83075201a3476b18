package io.onex.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.onex.http.Answers;
import io.onex.http.Problem;
import io.onex.http.Query;
import io.onex.http.Route;
import io.onex.ingest.Crew;
import io.onex.log.Log;
import io.onex.log.LogReader;
import io.onex.log.Position;
import io.onex.log.Record;
import io.onex.log.RecordBatch;
import io.onex.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// `POST /onex/v1/replay`: sends a stretch of the log to one destination again, by today's rules.
///
/// The cursor does not move and the ledger's equation is not touched: what is sent again stands
/// beside it. The answer comes when all is sent; it ends at the first record that cannot be.
public final class ReplayEndpoint {
  private static final int CHUNK_RECORDS = 1_000;
  private static final int CHUNK_BYTES = 1 << 20;

  private final Log log;
  private final Redelivery redelivery;
  private final Clock clock;
  private final Crew disk;

  public ReplayEndpoint(Log log, Redelivery redelivery, Clock clock, Crew disk) {
    this.log = log;
    this.redelivery = redelivery;
    this.clock = clock;
    this.disk = disk;
  }

  public Route route() {
    return Route.post(
        "/onex/v1/replay", "sends a stretch of the log to a destination again", this::handle);
  }

  private void handle(ServerRequest request, ServerResponse response) throws Exception {
    JsonRequest body =
        JsonRequest.read(request, Set.of("destination", "from", "to", "where", "dry_run"));
    String destination = body.required("destination");
    if (!redelivery.knows(destination)) {
      throw Problem.notFound(
              "there is no enabled destination " + destination,
              "GET /onex/v1/status lists the destinations")
          .asException();
    }
    long now = clock.wallMicros();
    long from = Query.time("from", body.required("from"), now);
    Optional<String> until = body.text("to");
    long to = until.isPresent() ? Query.time("to", until.get(), now) : Long.MAX_VALUE;
    Predicate<Record> wanted = RecordFilter.of(body.text("where"));
    boolean dryRun = body.flag("dry_run");
    Position start = disk.call(() -> log.positionAt(from));
    Position end = until.isPresent() ? disk.call(() -> log.positionAt(to)) : log.durableEnd();
    Counts counts = replay(destination, start, end, wanted, dryRun);
    Answers.json(
        response,
        200,
        json -> {
          json.beginObject().key("matched").number(counts.matched);
          json.key("replayed").number(counts.replayed);
          json.key("dry_run").bool(dryRun);
          json.key("from_position").number(start.offset());
          json.key("to_position").number(end.offset());
          if (!counts.failure.isEmpty()) {
            json.key("failure").text(counts.failure);
            json.key("failed_at").number(counts.failedAt);
          }
          json.endObject();
        });
  }

  private static final class Counts {
    private long matched;
    private long replayed;
    private long failedAt;
    private String failure = "";
  }

  private Counts replay(
      String destination, Position start, Position end, Predicate<Record> wanted, boolean dryRun)
      throws Exception {
    Counts counts = new Counts();
    try (LogReader reader = log.reader(start)) {
      while (reader.position().compareTo(end) < 0 && counts.failure.isEmpty()) {
        RecordBatch batch = disk.call(() -> reader.read(CHUNK_RECORDS, CHUNK_BYTES));
        if (batch.isEmpty()) {
          break;
        }
        List<Record> chosen =
            batch.records().stream()
                .filter(record -> record.position().compareTo(end) < 0)
                .filter(wanted)
                .filter(record -> redelivery.isRouted(destination, record))
                .toList();
        counts.matched += chosen.size();
        if (!dryRun && !chosen.isEmpty()) {
          send(destination, chosen, counts);
        }
      }
    }
    return counts;
  }

  private void send(String destination, List<Record> chosen, Counts counts) throws Exception {
    List<Optional<String>> outcomes = redelivery.send(destination, chosen);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).isEmpty()) {
        counts.replayed++;
      } else if (counts.failure.isEmpty()) {
        counts.failure = outcomes.get(i).get();
        counts.failedAt = chosen.get(i).position().offset();
      }
    }
  }
}
