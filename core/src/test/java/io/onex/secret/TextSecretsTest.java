package io.onex.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.enrichment.RedactionPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextSecretsTest {
  private static final int BYTES = 1 << 20;
  private static final long SEED = Long.getLong("onex.seed", System.nanoTime());

  private final TextSecrets secrets = new TextSecrets(RedactionPolicy.DEFAULT);

  /// Linear work ends in a fraction of the limit, quadratic work long after it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a://",
        "a://b:",
        "a:b@",
        "a/b@",
        "key=",
        "key:",
        "password=",
        "password:is ",
        "password=[a",
        "password: \"is ",
        "password='",
        "password is ",
        "pass=1,",
        "<password>",
        "<key>",
        "name=key ",
        "{\"key\":\"a\",",
        "\"value\":\"x\",",
        "\"password\",",
        "\"--token\",",
        "-p ",
        "--token ",
        "curl -u ",
        "cookie: ",
        "cookie:",
        "authorization: ",
        "authorization:",
        "bearer ",
        "basic a",
        "eyJ",
        "eyJa.",
        "sk-",
        "-----BEGIN ",
        "-----BEGIN A-----",
        "$2b$",
        "$6$a ",
        "AKIAABCDEFGHIJKLMN12 a/",
        "a/",
        "M.",
        "\\\"",
        "\\n",
        "setPassword(\"",
        "identified by '",
        "'password' => ",
        "password: a = ",
        "\"password\"\n:\n",
        "\"password\"\\\\",
        "password:\n  ",
        "password: |\n ",
        "password: |\n a\nb",
        "private-lines: 1\n",
        "private-lines: 1\nab\n",
        "password：",
        "：",
        "pbkdf2_sha256$",
        "access_token$production$",
        "api_key=\"\"\"",
        "password\\t"
      })
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void what_is_repeated_a_million_times_takes_linear_time(String part) {
    byte[] text = part.repeat(BYTES / part.length()).getBytes(StandardCharsets.UTF_8);

    secrets.find(text, 0, text.length, (kind, from, to) -> {});
  }

  @Test
  void whatever_the_bytes_only_places_inside_them_are_told() {
    System.out.println("seed of TextSecretsTest: " + SEED);
    Random random = new Random(SEED);
    String[] parts = {
      "password",
      "=",
      ":",
      " ",
      "'",
      "\"",
      "\\",
      "token",
      "://",
      "@",
      "<",
      ">",
      "-",
      "--",
      "Bearer ",
      "{",
      "}",
      "[",
      "]",
      ",",
      ";",
      "&",
      "\n",
      "$2b$",
      "eyJ",
      "ghp_",
      "AKIA",
      "name",
      "value",
      "é",
      "a1",
      "curl -u ",
      "Cookie: ",
      "Authorization: ",
      "(",
      ")",
      "/",
      "%",
      "key",
      "-----BEGIN ",
      "A",
      "END ",
      "is ",
      "\\t",
      "\\n",
      "\r\n",
      "：",
      "|",
      "$",
      "pbkdf2_sha256",
      "access_token$production$",
      "Private-Lines: 1\n",
      "\"\"\"",
      "hf_",
      "pat",
      "password"
    };
    for (int round = 0; round < 100_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(14); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
      int end = bytes.length - 2;
      secrets.find(
          bytes,
          2,
          end,
          (kind, from, to) ->
              assertThat(from >= 2 && to > from && to <= end)
                  .as("seed %d: %s", SEED, text)
                  .isTrue());
    }
  }

  @Test
  void the_reference_page_lists_every_kind() throws Exception {
    String page = Files.readString(Path.of("../docs/reference/events.md"));

    for (SecretKind kind : SecretKind.values()) {
      assertThat(page).contains("`" + kind.name().toLowerCase(Locale.ROOT) + "`");
      assertThat(kind.finds()).isNotEmpty();
      assertThat(kind.guard()).isNotEmpty();
    }
  }
}
