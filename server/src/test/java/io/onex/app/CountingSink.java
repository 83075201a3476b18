package io.onex.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.onex.testkit.FakeBackend;
import io.onex.testkit.FakeBackend.Behaviour;
import io.onex.testkit.FakeBackend.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The HTTP input of a Logstash that keeps what it takes, in the order in which it takes it, and
/// can fall ill and recover. A document counts as taken when the answer says so, or would have, had
/// it come in time.
final class CountingSink implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> taken = new ArrayList<>();
  private final FakeBackend input = new FakeBackend(this::behave);
  private volatile Optional<Function<Request, Behaviour>> illness = Optional.empty();

  URI url() {
    return input.url();
  }

  /// All later requests bring this, and nothing is taken unless the answer is a late one.
  void fallIll(Function<Request, Behaviour> behaviour) {
    illness = Optional.of(behaviour);
  }

  void recover() {
    illness = Optional.empty();
  }

  int requests() {
    return input.requests().size();
  }

  List<String> violations() {
    return input.violations();
  }

  /// Every document it was handed and took, repeats included.
  synchronized List<JsonNode> taken() {
    return List.copyOf(taken);
  }

  /// The first copy of each document by event id, in the order in which they were taken.
  Map<String, JsonNode> distinct() {
    Map<String, JsonNode> first = new LinkedHashMap<>();
    taken().forEach(document -> first.putIfAbsent(document.get("event_id").asText(), document));
    return first;
  }

  private Behaviour behave(Request request) {
    Behaviour behaviour =
        illness.map(ill -> ill.apply(request)).orElseGet(() -> Behaviour.Answer.of(200));
    boolean takes =
        switch (behaviour) {
          case Behaviour.Answer answer -> answer.status() == 200;
          case Behaviour.Slow slow -> slow.answer().status() == 200;
          case Behaviour.BlackHole hole -> false;
          case Behaviour.Reset reset -> false;
          case Behaviour.Truncated truncated -> false;
          case Behaviour.HalfOpen halfOpen -> false;
        };
    if (takes) {
      take(request);
    }
    return behaviour;
  }

  private synchronized void take(Request request) {
    try {
      JSON.readTree(request.body()).forEach(taken::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    input.close();
  }
}
