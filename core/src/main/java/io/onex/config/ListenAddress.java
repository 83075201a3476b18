package io.onex.config;

import java.util.Map;

/// Where the server listens, written `HOST:PORT`.
///
/// @param host name or IP address, IPv6 without brackets
/// @param port 0 to 65535; 0 lets the system choose
public record ListenAddress(String host, int port) {
  static final ValueType<ListenAddress> TYPE =
      Types.scalar(
          "address",
          Map.of("type", "string", "pattern", "^(\\[[0-9a-fA-F:]+\\]|[^:\\s]+):[0-9]{1,5}$"),
          ListenAddress::parse,
          ListenAddress::toString);

  public ListenAddress {
    if (host.isEmpty() || port < 0 || port > 65535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535");
    }
  }

  /// @throws IllegalArgumentException when `text` has another form
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isBlank() || (host.contains(":") && !bracketed) || !port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("write HOST:PORT, such as 127.0.0.1:8420 or [::1]:8420");
    }
    return new ListenAddress(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
  }

  /// Whether only this machine can reach it: `localhost`, 127.0.0.0/8 or `::1`.
  public boolean isLoopback() {
    return host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("::1");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
