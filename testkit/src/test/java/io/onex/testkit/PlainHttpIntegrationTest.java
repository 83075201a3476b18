package io.onex.testkit;

import io.onex.bytes.Slice;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.HttpClassification;
import io.onex.delivery.Integration;
import io.onex.delivery.Payload;
import io.onex.delivery.http.BlockingHttpTransport;
import io.onex.delivery.http.HttpCall;
import io.onex.delivery.http.HttpSettings;
import io.onex.log.Record;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The contract applied to the smallest honest integration: one line per record, one POST.
class PlainHttpIntegrationTest implements IntegrationContract {
  private static final String TOKEN = "token-that-nobody-may-see";

  @Override
  public Integration integration(URI backEnd) throws IOException {
    return new Lines(backEnd);
  }

  @Override
  public List<Record> records() {
    return List.of(TestRecord.of(1), TestRecord.of(2), TestRecord.of(3));
  }

  @Override
  public Optional<Record> inexpressible() {
    return Optional.of(TestRecord.of(0));
  }

  @Override
  public List<String> secrets() {
    return List.of(TOKEN);
  }

  private static final class Lines implements Integration {
    private final BlockingHttpTransport transport = new BlockingHttpTransport(HttpSettings.DEFAULT);
    private final URI backEnd;

    Lines(URI backEnd) throws IOException {
      this.backEnd = backEnd;
    }

    @Override
    public boolean takes(Record record) {
      return true;
    }

    @Override
    public Encoding encode(List<Record> records, EncodeContext context) {
      List<Slice> parts = new ArrayList<>();
      List<Encoding.Refusal> refused = new ArrayList<>();
      for (int i = 0; i < records.size(); i++) {
        if (records.get(i).body().isEmpty()) {
          refused.add(new Encoding.Refusal(i, "an empty body has no line"));
        } else {
          parts.add(records.get(i).body());
          parts.add(Slice.utf8("\n"));
        }
      }
      return new Encoding(new Payload(parts, "/", records.size() - refused.size()), refused);
    }

    @Override
    public DeliveryResult send(Payload payload) throws IOException, InterruptedException {
      return HttpClassification.of(
          transport.exchange(
              new HttpCall(
                  "POST",
                  backEnd.resolve(payload.target()),
                  Map.of("Authorization", "Bearer " + TOKEN),
                  payload.parts(),
                  Duration.ofSeconds(10))),
          new SeededClock(1));
    }

    @Override
    public Probe probe() {
      return new Probe.Unknown("there is no way to ask");
    }

    @Override
    public void close() {
      transport.close();
    }
  }
}
