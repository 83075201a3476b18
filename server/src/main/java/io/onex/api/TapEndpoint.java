package io.onex.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.onex.http.Problem;
import io.onex.http.Query;
import io.onex.http.Route;
import io.onex.log.Log;
import io.onex.log.Record;
import io.onex.log.RecordKind;
import io.onex.thread.Crew;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/// `GET /onex/v1/tap`: records as they are appended, for as long as the client listens.
public final class TapEndpoint implements AutoCloseable {
  private static final int MOST_TAPS = 32;
  private static final String SERVER_SENT_EVENTS = "text/event-stream";

  private final Log log;
  private final Crew crew;
  private final Semaphore places = new Semaphore(MOST_TAPS);
  private volatile boolean closed;

  /// @param crew compiles filters, picks the records and writes them as JSON
  public TapEndpoint(Log log, Crew crew) {
    this.log = log;
    this.crew = crew;
  }

  public Route route() {
    return Route.get("/onex/v1/tap", "records as they are appended", this::handle)
        .taking("filter", "kinds", "limit");
  }

  /// Ends all taps within about a second.
  @Override
  public void close() {
    closed = true;
  }

  private void handle(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    Optional<String> filter = Query.text(request, "filter");
    Predicate<Record> wanted = crew.compute(() -> RecordFilter.of(filter)).and(kinds(request));
    long limit = Query.number(request, "limit", 0, 0, Long.MAX_VALUE);
    boolean events =
        request.headers().first(HeaderNames.ACCEPT).orElse("").contains(SERVER_SENT_EVENTS);
    if (!places.tryAcquire()) {
      throw Problem.of(
              429,
              "too_many_taps",
              MOST_TAPS + " taps are open already",
              "close one, or ask for a limit")
          .asException();
    }
    try {
      String type = events ? SERVER_SENT_EVENTS : "application/x-ndjson";
      response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, type));
      response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
      if (request.prologue().method().equals(Method.HEAD)) {
        response.send();
        return;
      }
      try (OutputStream out = response.outputStream()) {
        new Tap(log, crew, wanted, events).copyTo(out, limit, () -> closed);
      }
    } finally {
      places.release();
    }
  }

  private static Predicate<Record> kinds(ServerRequest request) {
    String text = Query.text(request, "kinds").orElse("");
    if (text.isEmpty()) {
      return record -> true;
    }
    Set<RecordKind> kinds = EnumSet.noneOf(RecordKind.class);
    for (String name : text.split(",", -1)) {
      try {
        kinds.add(RecordKind.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw Problem.badRequest(
                "there is no kind of record called " + name.strip(),
                "use event, log, span, metrics, derived or control")
            .asException();
      }
    }
    return record -> kinds.contains(record.kind());
  }
}
