package io.onex.delivery.http;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// A TLS context whose engines ask for, and insist on, one server name whatever the address says.
///
/// The JDK's HTTP client sets the server name itself from the host of each address, so the only
/// place to override it is the engine.
final class RenamedTlsContext extends SSLContextSpi {
  private final SSLContext context;
  private final String serverName;

  private RenamedTlsContext(SSLContext context, String serverName) {
    this.context = context;
    this.serverName = serverName;
  }

  static SSLContext of(SSLContext context, String serverName) {
    return new Renamed(new RenamedTlsContext(context, serverName), context);
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return new RenamedTlsEngine(context.createSSLEngine(serverName, port), serverName);
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return engineCreateSSLEngine(serverName, -1);
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
      throws KeyManagementException {
    context.init(keys, trust, random);
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return context.getSocketFactory();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return context.getServerSocketFactory();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return context.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return context.getClientSessionContext();
  }

  /// Only opens the protected constructor of [SSLContext].
  private static final class Renamed extends SSLContext {
    Renamed(SSLContextSpi spi, SSLContext original) {
      super(spi, original.getProvider(), original.getProtocol());
    }
  }
}
