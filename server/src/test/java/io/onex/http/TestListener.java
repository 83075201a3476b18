package io.onex.http;

import io.onex.app.SystemClock;
import io.onex.http.connection.ConnectionLimits;
import io.onex.http.connection.ConnectionWatch;
import io.onex.telemetry.Telemetry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/// A listener on a free port of loopback, whose connections nobody has to look at.
public final class TestListener {
  private TestListener() {}

  public static Listener start(List<Route> routes) {
    ConnectionWatch watch =
        new ConnectionWatch(
            ConnectionLimits.DEFAULT.withMost(100), () -> 0, new SystemClock(), new Telemetry());
    return Listener.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), watch, Set::of, routes);
  }
}
