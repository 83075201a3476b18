package io.onex.delivery.http;

import io.onex.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// The value of an `Authorization` header. Prints as `***`.
public final class Authorization {
  private final Secret value;

  private Authorization(String value) {
    this.value = Secret.of(value);
  }

  /// User and password (RFC 7617), in UTF-8.
  ///
  /// @throws IllegalArgumentException when the user holds a colon, which the scheme cannot express
  public static Authorization basic(String user, Secret password) {
    if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a user name cannot hold a colon");
    }
    byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return new Authorization("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /// As [#basic(String, Secret)], of two settings that come together or not at all.
  ///
  /// @throws IllegalArgumentException when only one is given; the message names both
  public static Optional<Authorization> basic(
      String userSetting,
      Optional<String> user,
      String passwordSetting,
      Optional<Secret> password) {
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException(
          userSetting + " and " + passwordSetting + " come together");
    }
    return user.map(name -> basic(name, password.orElseThrow()));
  }

  /// A token under the name of its scheme, such as `ApiKey` or `Bearer`.
  public static Authorization token(String scheme, Secret token) {
    return new Authorization(scheme + " " + token.reveal());
  }

  /// Adds the header.
  public void addTo(Map<String, String> headers) {
    headers.put("Authorization", value.reveal());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
