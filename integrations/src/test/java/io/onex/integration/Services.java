package io.onex.integration;

import io.onex.bytes.Slice;
import io.onex.delivery.ExpositionSource;
import io.onex.delivery.ExpositionSource.Exposition;
import io.onex.delivery.IntegrationServices;
import io.onex.delivery.http.Pieces;
import io.onex.log.Position;
import java.time.Duration;

/// What tests give to a factory.
public final class Services {
  private Services() {}

  public static IntegrationServices of(ExpositionSource exposition) {
    return new IntegrationServices(
        new SteppedClock(), Transports.plain(), Duration.ofSeconds(30), exposition, "host-1");
  }

  public static IntegrationServices plain() {
    return of(
        () -> new Exposition(new Position(0, Long.MAX_VALUE), Pieces.of(Slice.utf8("up 1\n"))));
  }
}
