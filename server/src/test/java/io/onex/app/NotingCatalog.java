package io.onex.app;

import io.onex.config.KindCatalog;
import io.onex.config.Section;
import io.onex.delivery.DeliveryResult;
import io.onex.delivery.EncodeContext;
import io.onex.delivery.Encoding;
import io.onex.delivery.Integration;
import io.onex.delivery.IntegrationCatalog;
import io.onex.delivery.IntegrationFactory;
import io.onex.delivery.IntegrationServices;
import io.onex.delivery.Payload;
import io.onex.log.Record;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The integrations of production, and which thread had each of them encode how many records.
final class NotingCatalog {
  private final Queue<Encoded> encoded = new ConcurrentLinkedQueue<>();

  /// @param onPlatformThread whether it was no virtual one
  record Encoded(String kind, int records, boolean onPlatformThread) {}

  /// What was encoded so far.
  List<Encoded> encoded() {
    return List.copyOf(encoded);
  }

  IntegrationCatalog catalog() {
    return new IntegrationCatalog(
        IntegrationCatalog.load().factories().stream()
            .map(factory -> (IntegrationFactory) new NotingFactory(factory))
            .toList());
  }

  private final class NotingFactory implements IntegrationFactory {
    private final IntegrationFactory real;

    NotingFactory(IntegrationFactory real) {
      this.real = real;
    }

    @Override
    public KindCatalog.Kind kind() {
      return real.kind();
    }

    @Override
    public Integration create(Section settings, IntegrationServices services) {
      return new NotingIntegration(kind().name(), real.create(settings, services));
    }
  }

  private final class NotingIntegration implements Integration {
    private final String kind;
    private final Integration real;

    NotingIntegration(String kind, Integration real) {
      this.kind = kind;
      this.real = real;
    }

    @Override
    public boolean takes(Record record) {
      return real.takes(record);
    }

    @Override
    public Encoding encode(List<Record> records, EncodeContext context) {
      encoded.add(new Encoded(kind, records.size(), !Thread.currentThread().isVirtual()));
      return real.encode(records, context);
    }

    @Override
    public DeliveryResult send(Payload payload) throws IOException, InterruptedException {
      return real.send(payload);
    }

    @Override
    public Probe probe() throws IOException, InterruptedException {
      return real.probe();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
