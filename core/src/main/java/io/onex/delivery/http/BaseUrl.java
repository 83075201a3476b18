package io.onex.delivery.http;

import io.onex.config.Types;
import io.onex.config.ValueType;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/// The configured address of a system, under which its paths lie; a prefix that a proxy adds is
/// kept.
///
/// Credentials in an address end up in logs of every proxy on the way, so they are refused: they
/// belong into their own settings.
///
/// @param uri absolute, `http` or `https`, without user, query and fragment, without `/` at the end
public record BaseUrl(URI uri) {
  /// The type of a setting that holds such an address.
  public static final ValueType<BaseUrl> TYPE =
      Types.scalar(
          "http address",
          Map.of("type", "string", "format", "uri"),
          BaseUrl::of,
          BaseUrl::toString);

  /// @throws IllegalArgumentException when the address is none of that; the message does not repeat
  ///   it, for it may hold a token
  public BaseUrl {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null) {
      throw new IllegalArgumentException("the address must be http://HOST or https://HOST");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address must not hold credentials; give them in their own settings");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("the address must end before '?' and '#'");
    }
    String text = uri.toString();
    if (text.endsWith("/")) {
      uri = URI.create(text.replaceFirst("/+$", ""));
    }
  }

  /// @throws IllegalArgumentException as the constructor does, or when `text` is no address at all
  public static BaseUrl of(String text) {
    URI uri;
    try {
      uri = URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the address is not a valid URL", e.getCause());
    }
    return new BaseUrl(uri);
  }

  /// The address of a path of the system.
  ///
  /// @param path begins with `/`, encoded as a URL needs it; may carry a query
  public URI at(String path) {
    return URI.create(uri + path);
  }

  /// The address as it is configured.
  @Override
  public String toString() {
    return uri.toString();
  }

  /// Host and port, for messages.
  public String where() {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
