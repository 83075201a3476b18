package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour;
import io.onex.testkit.secret.SecretCorpus;
import io.onex.testkit.secret.SecretPlace;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets in events, in refused input and in the configuration, each with a value that occurs
/// nowhere else, are looked for wherever the gateway writes or says something.
class CanaryTest {
  private static final String CANARY = "c4n4ry";
  private static final String STAYS = "orders-7 of 12";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// One event per form in which a secret may come; `%s` is the event's id.
  private static final List<String> EVENTS =
      List.of(
          metadata("{\"input_state\":{\"api_key\":\"c4n4ry-key\"},\"plain\":\"stays\"}"),
          metadata("{\"nested\":[{\"dbPassword\":{\"value\":\"c4n4ry-nested\",\"n\":5}}]}"),
          metadata("{\"url\":\"postgres://scott:c4n4ry-dsn@db.example/orders\"}"),
          metadata("{\"note\":\"sent Authorization: Bearer c4n4ry.bearer_token\"}"),
          metadata("{\"note\":\"password=c4n4ry-assigned, retrying\"}"),
          metadata("{\"original\":\"{\\\"client_secret\\\":\\\"c4n4ry-inside\\\"}\"}"),
          metadata(
              "{\"pem\":\"-----BEGIN PRIVATE KEY-----\\nc4n4rypem\\n-----END PRIVATE KEY-----\"}"));

  /// Input that is refused, each for another reason.
  private static final List<String> REFUSED =
      List.of(
          "{\"event_id\":\"r1\",\"event_type\":\"NODE_START\",\"node_id\":\"n\",\"metadata\":{\"token\":\"c4n4ry-cut\"",
          "{\"event_id\":\"r2\",\"node_id\":\"n\",\"metadata\":{\"password\":\"c4n4ry-untyped\"}}",
          "{\"event_id\":\"r3\",\"event_type\":\"NODE_START\",\"node_id\":7,\"token\":\"c4n4ry-number\"}",
          "{\"event_id\":\"r4\",\"event_type\":\"NODE_START\",\"node_id\":\"n\",\"timestamp\":\"Bearer c4n4ry.as.time\"}",
          "{\"event_id\":\"r5\",\"event_type\":\"NODE_START\",\"node_id\":\"n\",\"secret\":\"c4n4ry-a\",\"secret\":\"c4n4ry-b\"}",
          "password=c4n4ry-no-json-at-all");

  /// As many places of the corpus of secrets, from all kinds and carriers.
  private static final int SAMPLED = 400;

  /// Documented as not found.
  private static final List<String> NOT_FOUND =
      List.of(
          "htpasswd -b file bob «pw»",
          "INSERT INTO users (name, password) VALUES ('bob', '«pw»')",
          "secret «pw20»",
          "aws configure set aws_secret_access_key «base40»");

  @TempDir private Path folder;
  private final List<String> said = new ArrayList<>();

  @Test
  void no_secret_of_an_event_or_of_the_configuration_appears_anywhere() throws Exception {
    // As real systems do, it quotes what it was sent, and the credentials.
    FakeBackend echo =
        new FakeBackend(request ->
            Behaviour.Answer.json(
                400, "{\"reason\":\"" + request.header("authorization") + " c4n4ry-echo\"}"));
    CountingSink sink = new CountingSink();
    try (LoggedLines lines = new LoggedLines();
        echo;
        sink;
        TestGateway gateway =
            new TestGateway(folder, Map.of("PASSWORD", "c4n4ry-config", "KEY", "c4n4ry-apikey"))) {
      gateway.start(configuration(echo, sink));
      CompletableFuture<HttpResponse<String>> tap = tap(gateway, 2 * EVENTS.size());
      String good = numbered();
      // Until the tap is there nobody knows whether it missed something.
      said.add(tapped(tap, gateway, good));
      gateway.accept(good, "delivered:sink");
      for (String refused : REFUSED) {
        HttpResponse<String> answer = gateway.post(refused, "durable");
        assertThat(answer.statusCode()).as(refused).isEqualTo(400);
        said.add(answer.body());
      }
      List<SecretPlace> sample = sample();
      CompletableFuture<HttpResponse<String>> tapOfSample = tap(gateway, SAMPLED / 2);
      for (SecretPlace place : sample) {
        gateway.post(place.input(), "durable");
      }
      String tapped = tapped(tapOfSample, gateway, good);
      assertThat(tapped.split(STAYS, -1)).as("of the sample").hasSizeGreaterThan(SAMPLED / 4);
      said.add(tapped);
      gateway.gateway().reload(gateway.config(configuration(echo, sink).replace("50ms", "51ms")));
      await()
          .untilAsserted(() ->
              assertThat(gateway.destination("echo").get("dead_lettered").asInt())
                  .isGreaterThanOrEqualTo(EVENTS.size()));
      ask(gateway);
      askWhy(gateway, sample);
      gateway.stop();
      assertThat(said).isNotEmpty().allSatisfy(CanaryTest::clean);
      clean(sink.taken().toString());
      clean(lines.text());
      assertThat(lines.text()).contains("Configuration reloaded");
      String records = DataFiles.records(gateway.files());
      assertThat(records).contains("stays").contains("***").contains(STAYS);
      clean(records);
      clean(sample, List.of(records, lines.text(), said.toString(), sink.taken().toString()));
      clean(sample, DataFiles.texts(folder.resolve("data")).values());
    }
    Map<String, String> files = DataFiles.texts(folder.resolve("data"));
    assertThat(files.values().stream().filter(text -> text.contains("stays")))
        .as("the look into the files sees bodies")
        .isNotEmpty();
    assertThat(files).isNotEmpty().allSatisfy((file, text) -> clean(text));
  }

  /// Places whose secrets the corpus test finds, spread over the whole corpus.
  private static List<SecretPlace> sample() {
    List<SecretPlace> all = SecretCorpus.places("forms.txt", 7);
    List<SecretPlace> sample = new ArrayList<>();
    for (int i = 0; sample.size() < SAMPLED && i < all.size(); i++) {
      SecretPlace place = all.get((int) (i * 2_654_435_761L % all.size()));
      if (!NOT_FOUND.contains(place.form())) {
        sample.add(numbered(place, sample.size()));
      }
    }
    return sample;
  }

  /// The place with an event id of its own, where it had the common one.
  private static SecretPlace numbered(SecretPlace place, int number) {
    return new SecretPlace(
        place.kind(),
        place.carrier(),
        place.form(),
        place.input().replace("\"event_id\":\"e\"", id(number)),
        place.secrets(),
        place.kept());
  }

  private static void clean(List<SecretPlace> places, Collection<String> texts) {
    for (SecretPlace place : places) {
      for (String secret : place.secrets()) {
        assertThat(texts).as(place.input()).noneMatch(text -> text.contains(secret));
      }
    }
  }

  /// Everything that can be asked for.
  private void ask(TestGateway gateway) throws Exception {
    for (String path :
        List.of("/metrics", "/onex/v1/config", "/onex/v1/status", "/health", "/ready", "/")) {
      said.add(gateway.get(path).body());
    }
    for (int i = 0; i < EVENTS.size(); i++) {
      String why = gateway.get("/onex/v1/why/e-" + i).body();
      assertThat(why).contains("dead_lettered").contains("***");
      said.add(why);
    }
    for (String store : List.of("echo", "refused")) {
      JsonNode letters = gateway.json("/onex/v1/dead-letters?destination=" + store);
      assertThat(letters.get("items")).as(store).hasSizeGreaterThanOrEqualTo(REFUSED.size());
      said.add(letters.toString());
      for (JsonNode letter : letters.get("items")) {
        said.add(gateway.get("/onex/v1/dead-letters/" + letter.get("id").asText()).body());
      }
    }
    for (String bad :
        List.of(
            "/onex/v1/tap?filter=c%20%3D", "/onex/v1/why/nobody", "/onex/v1/dead-letters/none-1")) {
      assertThat(gateway.get(bad).statusCode()).isIn(400, 404);
    }
  }

  /// Of the corpus, what has an id of its own.
  private void askWhy(TestGateway gateway, List<SecretPlace> sample) throws Exception {
    int found = 0;
    for (int i = 0; i < sample.size(); i++) {
      if (sample.get(i).input().contains(id(i))) {
        HttpResponse<String> why = gateway.get("/onex/v1/why/c-" + i);
        found += why.statusCode() == 200 ? 1 : 0;
        said.add(why.body());
      }
    }
    assertThat(found).isGreaterThan(SAMPLED / 4);
  }

  private static String id(int i) {
    return "\"event_id\":\"c-" + i + "\"";
  }

  /// What a tap answers, given enough events to end it.
  private static String tapped(
      CompletableFuture<HttpResponse<String>> tap, TestGateway gateway, String good)
      throws Exception {
    await()
        .until(() -> {
          gateway.accept(good.replace("\"e-", "\"t" + System.nanoTime() + "-"), "durable");
          return tap.isDone();
        });
    return tap.get().body();
  }

  private static CompletableFuture<HttpResponse<String>> tap(TestGateway gateway, int limit) {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.uri("/onex/v1/tap?limit=" + limit))
            .timeout(Duration.ofSeconds(30))
            .build();
    return gateway.client().sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void clean(String text) {
    int at = text.indexOf(CANARY);
    assertThat(at < 0 ? "" : text.substring(Math.max(0, at - 80), at + CANARY.length() + 12))
        .isEmpty();
  }

  private static String numbered() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < EVENTS.size(); i++) {
      lines.add(EVENTS.get(i).formatted("e-" + i));
    }
    assertThat(lines).allSatisfy(line -> assertThat(JSON.readTree(line)).isNotNull());
    return String.join("\n", lines);
  }

  private static String metadata(String metadata) {
    return "{\"event_id\":\"%s\",\"event_type\":\"NODE_START\",\"node_id\":\"n\",\"metadata\":"
        + metadata
        + "}";
  }

  private static String configuration(FakeBackend echo, CountingSink sink) {
    return """
    integrations:
      echo:
        kind: elk
        logstash_url: "%s"
        logstash_username: gateway
        logstash_password: "${PASSWORD}"
        batch: {max_age: 50ms}
      sink:
        kind: elk
        logstash_url: "%s"
        elasticsearch_url: "%s"
        manage_template: false
        api_key: "${KEY}"
        batch: {max_age: 50ms}
    """
        .formatted(echo.url(), sink.url(), echo.url());
  }
}
