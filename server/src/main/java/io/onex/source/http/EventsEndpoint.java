package io.onex.source.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.onex.http.Answers;
import io.onex.http.Problem;
import io.onex.http.Route;
import io.onex.ingest.BodyForm;
import io.onex.ingest.ContentCoding;
import io.onex.ingest.Intake;
import io.onex.ingest.IntakeOutcome;
import io.onex.ingest.IntakeResult;
import io.onex.log.LogUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `POST /v1/events`: reads the request, has its events taken in, answers.
///
/// Blocks until the events are durable, or delivered if the client asks; runs on virtual threads.
public final class EventsEndpoint {
  /// Name of this source in counters and dead letters.
  static final String SOURCE = "http";

  private static final HeaderName ACK = HeaderNames.create("X-Onex-Ack");
  private static final HeaderName ACK_TIMEOUT = HeaderNames.create("X-Onex-Ack-Timeout");
  private static final Duration RETRY_FULL = Duration.ofSeconds(5);
  private static final Duration RETRY_BUSY = Duration.ofSeconds(1);

  private final Intake intake;
  private final DeliveryWait deliveries;
  private final AckTimeouts timeouts;

  public EventsEndpoint(Intake intake, DeliveryWait deliveries, AckTimeouts timeouts) {
    this.intake = intake;
    intake.counters().begin(SOURCE);
    this.deliveries = deliveries;
    this.timeouts = timeouts;
  }

  public Route route() {
    return Route.post("/v1/events", "takes events in", this::handle);
  }

  private void handle(ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    ServerRequestHeaders headers = request.headers();
    AckRequest ack = AckRequest.parse(headers.first(ACK), headers.first(ACK_TIMEOUT), timeouts);
    if (ack.when() instanceof AckRequest.When.DeliveredTo(String name) && !deliveries.knows(name)) {
      throw Problem.badRequest(
              "X-Onex-Ack names a destination that is not delivered to",
              "GET /onex/v1/status lists the destinations")
          .asException();
    }
    IntakeResult result = take(request);
    List<String> pending = await(ack, result);
    Answers.json(response, EventsAnswer.status(result), EventsAnswer.bytes(result, pending));
  }

  private IntakeResult take(ServerRequest request) throws IOException, InterruptedException {
    ContentCoding coding = coding(request.headers());
    try {
      if (BinaryCloudEvent.is(request.headers())) {
        return binaryCloudEvent(request, coding);
      }
      BodyForm form = form(request.headers());
      requireAtMost(intake.settings().maxSentBytes(), request);
      return result(intake.take(body(request), coding, form, SOURCE));
    } catch (LogUnavailableException e) {
      throw Problem.of(
              503,
              "log_unavailable",
              String.valueOf(e.getMessage()),
              "nothing of this request was taken; send it again as it is")
          .after(RETRY_FULL)
          .asException();
    }
  }

  /// Refuses what says that it is too large before it is sent.
  private static void requireAtMost(int limitBytes, ServerRequest request) {
    if (request.headers().contentLength().orElse(0) > limitBytes) {
      throw tooLarge(limitBytes, false);
    }
  }

  private static RuntimeException tooLarge(int limitBytes, boolean unpacked) {
    return Problem.of(
            413,
            "body_too_large",
            "the body has more than %d bytes%s"
                .formatted(limitBytes, unpacked ? " when unpacked" : ""),
            "send fewer events per request")
        .asException();
  }

  private static IntakeResult result(IntakeOutcome outcome) {
    return switch (outcome) {
      case IntakeOutcome.Taken(IntakeResult result) -> result;
      case IntakeOutcome.TooLarge(int limit, boolean unpacked) -> throw tooLarge(limit, unpacked);
      case IntakeOutcome.NoRoom() ->
          throw Problem.of(
                  429,
                  "too_many_requests",
                  "too many bytes of requests are under way",
                  "nothing of this request was taken; send it again after a pause")
              .after(RETRY_BUSY)
              .asException();
      case IntakeOutcome.Broken(ContentCoding coding) ->
          throw Problem.badRequest(
                  "the body is not valid " + coding.name().toLowerCase(java.util.Locale.ROOT),
                  "check what Content-Encoding says against how the body was packed")
              .asException();
    };
  }

  /// The data of such an event becomes a part of a structured one.
  private IntakeResult binaryCloudEvent(ServerRequest request, ContentCoding coding)
      throws IOException, InterruptedException {
    BinaryCloudEvent event = BinaryCloudEvent.of(request.headers());
    if (coding == ContentCoding.IDENTITY) {
      requireAtMost(intake.settings().limits().maxBytes(), request);
    } else {
      requireAtMost(intake.settings().maxSentBytes(), request);
    }
    return result(
        intake.take(body(request), coding, event::structured, BodyForm.CLOUD_EVENT, SOURCE));
  }

  private List<String> await(AckRequest ack, IntakeResult result) throws InterruptedException {
    Optional<String> only =
        ack.when() instanceof AckRequest.When.DeliveredTo(String name)
            ? Optional.of(name)
            : Optional.empty();
    if (ack.when() instanceof AckRequest.When.Durable || result.concerned().isEmpty()) {
      return List.of();
    }
    return deliveries.await(only, result.concerned().get(), ack.timeout());
  }

  private static InputStream body(ServerRequest request) {
    return request.content().hasEntity()
        ? request.content().inputStream()
        : InputStream.nullInputStream();
  }

  private static BodyForm form(ServerRequestHeaders headers) {
    String type = headers.first(HeaderNames.CONTENT_TYPE).orElse("");
    return BodyForm.ofContentType(type)
        .orElseThrow(() -> unsupported("events do not come as this Content-Type"));
  }

  private static ContentCoding coding(ServerRequestHeaders headers) {
    String name = headers.first(HeaderNames.CONTENT_ENCODING).orElse("");
    return ContentCoding.named(name)
        .orElseThrow(() -> unsupported("the body has an unknown Content-Encoding"));
  }

  private static RuntimeException unsupported(String message) {
    return Problem.of(
            415,
            "unsupported_media_type",
            message,
            "use application/json, application/x-ndjson, application/cloudevents+json or"
                + " application/cloudevents-batch+json in UTF-8, plain or with gzip, deflate or zstd")
        .asException();
  }
}
