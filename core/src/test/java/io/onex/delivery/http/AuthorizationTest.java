package io.onex.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.config.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthorizationTest {
  @Test
  void user_and_password_are_joined_in_utf8() {
    // The example of RFC 7617, section 2.1.
    assertThat(header(Authorization.basic("test", Secret.of("123£"))))
        .isEqualTo("Basic dGVzdDoxMjPCow==");
  }

  @Test
  void a_token_stands_under_its_scheme() {
    assertThat(header(Authorization.token("ApiKey", Secret.of("abc")))).isEqualTo("ApiKey abc");
  }

  @Test
  void it_never_prints() {
    assertThat(Authorization.token("Bearer", Secret.of("hunter2")).toString()).isEqualTo("***");
  }

  @Test
  void a_user_without_a_password_is_refused_by_the_names_of_the_settings() {
    assertThatThrownBy(
            () -> Authorization.basic("user", Optional.of("u"), "password", Optional.empty()))
        .hasMessage("user and password come together");
    assertThat(Authorization.basic("user", Optional.empty(), "password", Optional.empty()))
        .isEmpty();
  }

  @Test
  void a_colon_in_the_user_would_move_into_the_password() {
    assertThatThrownBy(() -> Authorization.basic("a:b", Secret.of("c")))
        .hasMessageContaining("colon");
  }

  private static String header(Authorization authorization) {
    Map<String, String> headers = new HashMap<>();
    authorization.addTo(headers);
    return headers.get("Authorization");
  }
}
