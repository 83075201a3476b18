package io.onex.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whom a request is for, as `Host` and `Origin` say it: a name or literal address, and a port (RFC
/// 3986, section 3.2, without user information, which both forbid).
///
/// @param name lower case, without the dot that may end a name; of an address its canonical text
/// @param port -1 when there is none
/// @param isLiteral whether the name is an address: one that no name server can change
record Authority(String name, int port, boolean isLiteral) {
  private static final int MOST_CHARACTERS = 512;

  /// Four decimal numbers without leading zeros: other forms mean different things to different
  /// programs.
  private static final Pattern IPV4 =
      Pattern.compile("(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}");

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*\\.?");
  private static final Pattern PORT = Pattern.compile("\\d{0,5}");

  /// What `text` says; empty when it is not written as it must be.
  static Optional<Authority> parse(String text) {
    String value = text.strip().toLowerCase(Locale.ROOT);
    if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    int nameEnd = value.startsWith("[") ? value.indexOf(']') + 1 : value.indexOf(':');
    if (nameEnd < 0) {
      nameEnd = value.length();
    }
    String rest = value.substring(nameEnd);
    if (nameEnd == 0
        || (!rest.isEmpty()
            && (rest.charAt(0) != ':' || !PORT.matcher(rest.substring(1)).matches()))) {
      return Optional.empty();
    }
    int port = rest.length() < 2 ? -1 : Integer.parseInt(rest.substring(1));
    return port > 65_535 ? Optional.empty() : named(value.substring(0, nameEnd), port);
  }

  private static Optional<Authority> named(String name, int port) {
    if (name.startsWith("[")) {
      return ipv6(name.substring(1, name.length() - 1))
          .map(address -> new Authority(address, port, true));
    }
    if (IPV4.matcher(name).matches()) {
      boolean valid =
          Arrays.stream(name.split("\\.", -1)).mapToInt(Integer::parseInt).allMatch(n -> n < 256);
      return valid ? Optional.of(new Authority(name, port, true)) : Optional.empty();
    }
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Authority(
            name.endsWith(".") ? name.substring(0, name.length() - 1) : name, port, false));
  }

  /// The canonical text of an address that stands between brackets; a zone is left out.
  private static Optional<String> ipv6(String text) {
    int zone = text.indexOf('%');
    try {
      InetAddress address = Inet6Address.ofLiteral(zone < 0 ? text : text.substring(0, zone));
      return Optional.of(
          (address instanceof Inet4Address ? "::ffff:" : "") + address.getHostAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
