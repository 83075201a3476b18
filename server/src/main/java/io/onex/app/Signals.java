package io.onex.app;

import io.onex.telemetry.LogLine;
import java.lang.reflect.Proxy;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/// Signals of the operating system. SIGTERM and SIGINT run the shutdown hooks without our doing.
final class Signals {
  private static final Logger LOG = LogManager.getLogger(Signals.class);

  private Signals() {}

  /// Runs `action` on every SIGHUP, where the system has such a signal.
  ///
  /// The only way to a signal is the module jdk.unsupported, which the compiler warns of; it is
  /// looked up here, so that a platform without it loses the signal and nothing else.
  static void onHangUp(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object acting =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      var _ =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), acting);
    } catch (ReflectiveOperationException e) {
      LOG.debug(LogLine.of("This system has no SIGHUP; the file is still watched"), e);
    }
  }
}
