package io.onex.delivery.http;

import java.net.URI;

/// Where a connection leads to.
///
/// @param host a name, or an address; IPv6 in brackets
/// @param port as given or by default, 80 or 443
record Origin(boolean tls, String host, int port) {
  static Origin of(URI uri) {
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("the address names no host");
    }
    return new Origin(tls, host, uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80);
  }
}
