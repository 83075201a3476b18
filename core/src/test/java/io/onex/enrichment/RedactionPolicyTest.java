package io.onex.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionPolicyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "db_password",
        "dbPassword",
        "Db-Password",
        "passwd",
        "pwd",
        "api_key",
        "apiKey",
        "X-API-Key",
        "APIKey",
        "apikey",
        "access_token",
        "accessToken",
        "refresh.token",
        "private_key",
        "client_secret",
        "Authorization",
        "session_id",
        "sessionId",
        "connection_string",
        "AWS_SECRET_ACCESS_KEY",
        "salt",
        "signature",
        "hash",
        "key"
      })
  void a_key_with_a_sensitive_word_is_sensitive(String key) {
    assertThat(RedactionPolicy.DEFAULT.isSensitive(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kwargs_keys",
        "kwargsKeys",
        "payload_hash",
        "monkey",
        "keyboard",
        "tokenizer",
        "total_tokens",
        "hashing",
        "author",
        "author_id",
        "routing_key",
        "partitionKey",
        "secretary",
        "certainty",
        "token_count",
        "",
        "_",
        "session",
        "id"
      })
  void a_key_that_only_contains_the_letters_of_one_is_not(String key) {
    assertThat(RedactionPolicy.DEFAULT.isSensitive(key)).isFalse();
  }

  @Test
  void the_lists_can_be_extended_in_any_spelling() {
    RedactionPolicy policy =
        new RedactionPolicy(List.of("badgeNumber", "iban"), List.of("MAP-KEY"));

    assertThat(policy.isSensitive("employee_badge_number")).isTrue();
    assertThat(policy.isSensitive("badge")).isFalse();
    assertThat(policy.isSensitive("IBAN")).isTrue();
    assertThat(policy.isSensitive("mapKey")).isFalse();
    assertThat(policy.isSensitive("password")).isTrue();
  }

  /// Linear work ends in a fraction of the limit, quadratic work long after it.
  @Test
  @Timeout(60)
  void a_key_of_very_many_words_is_judged_in_linear_time() {
    String words = "a_".repeat(400_000);

    assertThat(RedactionPolicy.DEFAULT.isSensitive(words)).isFalse();
    assertThat(RedactionPolicy.DEFAULT.isSensitive(words + "password")).isTrue();
  }

  @Test
  void a_key_without_letters_is_refused() {
    assertThatThrownBy(() -> new RedactionPolicy(List.of("--"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--");
  }
}
