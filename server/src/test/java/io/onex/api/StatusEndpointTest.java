package io.onex.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.app.SystemClock;
import io.onex.bytes.Slice;
import io.onex.enrichment.RedactionPolicy;
import io.onex.event.EventType;
import io.onex.event.MaskedIds;
import io.onex.http.Listener;
import io.onex.http.TestListener;
import io.onex.ingest.Backpressure;
import io.onex.ingest.Intake;
import io.onex.ingest.IntakeSettings;
import io.onex.log.LogConfig;
import io.onex.log.LogUnavailableException;
import io.onex.log.Position;
import io.onex.log.PositionRange;
import io.onex.log.RecordKind;
import io.onex.log.RecordOutcome;
import io.onex.log.RecordWriter;
import io.onex.log.SegmentedLog;
import io.onex.log.cursor.CursorEntry;
import io.onex.log.deadletter.DeadLetterRetention;
import io.onex.log.deadletter.DeadLetters;
import io.onex.storage.FileStorage;
import io.onex.telemetry.Telemetry;
import io.onex.thread.Crew;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusEndpointTest {
  private final SystemClock clock = new SystemClock();

  @TempDir private Path folder;

  @Test
  void a_ledger_balances_even_when_records_are_delivered_while_it_is_being_read() throws Exception {
    LogConfig config = LogConfig.DEFAULT.withRememberedIds(1000);
    try (FileStorage storage = FileStorage.open(folder);
        SegmentedLog log = SegmentedLog.open(SegmentedLog.Setup.of(storage, config, clock));
        DeadLetters refused =
            DeadLetters.open(storage, "refused", DeadLetterRetention.DEFAULT, clock);
        Intake intake = intake(log, refused);
        Crew crew = new Crew("onex-answer", 1);
        Listener listener = listener(log, intake, new DeliversWhenAsked(log), crew)) {
      JsonNode destination = status(listener).at("/destinations/0");
      assertThat(destination.get("delivered").asLong()).isEqualTo(1);
      assertThat(destination.get("accepted").asLong()).isEqualTo(1);
      assertThat(destination.get("balanced").asBoolean()).isTrue();
    }
  }

  private Intake intake(SegmentedLog log, DeadLetters refused) {
    return new Intake(
        log,
        refused,
        RedactionPolicy.DEFAULT,
        new MaskedIds(new byte[] {1}),
        IntakeSettings.DEFAULT,
        clock,
        new Telemetry(),
        Backpressure.NONE,
        (SplittableGenerator) RandomGeneratorFactory.of("L64X128MixRandom").create(1),
        1);
  }

  private Listener listener(SegmentedLog log, Intake intake, GatewayView gateway, Crew crew) {
    StatusEndpoint endpoint =
        new StatusEndpoint("0", log, intake.counters(), gateway, new RateMeter(), clock, crew);
    return TestListener.start(List.of(endpoint.route()));
  }

  private static JsonNode status(Listener listener) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + listener.port() + "/onex/v1/status");
      return new ObjectMapper()
          .readTree(
              client
                  .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                  .body());
    }
  }

  /// Takes in a record and delivers it while its destinations are asked for.
  private record DeliversWhenAsked(SegmentedLog log) implements GatewayView {
    @Override
    public List<ProgressWatch.Stuck> stuck() {
      return List.of();
    }

    @Override
    public List<DestinationView> destinations() {
      try {
        RecordWriter record = new RecordWriter(256);
        Slice body = Slice.utf8("{}");
        record
            .begin(RecordKind.EVENT, EventType.NODE_START, Slice.utf8("e-1"), 1, 1)
            .body(body.array(), body.offset(), body.length())
            .end();
        log.append(record);
      } catch (LogUnavailableException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
      CursorEntry entry =
          CursorEntry.at("elk", Position.START)
              .complete(PositionRange.of(Position.START, 1), RecordOutcome.DELIVERED);
      return List.of(
          new DestinationView(
              "elk", "elk", true, "idle", "closed", "", entry, 0, OptionalLong.empty()));
    }

    @Override
    public List<FoldView> folds() {
      return List.of();
    }

    @Override
    public Operations operations() {
      return new Operations(0, 0);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public List<String> problems() {
      return List.of();
    }

    @Override
    public Map<String, String> settings() {
      return Map.of();
    }

    @Override
    public Map<String, Optional<String>> pendingSettings() {
      return Map.of();
    }
  }
}
