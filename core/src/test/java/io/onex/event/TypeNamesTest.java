package io.onex.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.bytes.KeyHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeNamesTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          NODE_START,                                   NODE_START,      PLAIN
          node_start,                                   NODE_START,      RECENT
          OnexEventTypeEnum.NODE_START,                 NODE_START,      FOREIGN
          onex:NODE_START,                              NODE_START,      FOREIGN
          com.onex.node_start,                          NODE_START,      FOREIGN
          core.node.start,                              NODE_START,      RECENT
          core.node.completed,                          NODE_SUCCESS,    RECENT
          core.node.failure,                            NODE_FAILURE,    RECENT
          node-heartbeat,                               NODE_HEARTBEAT,  RECENT
          platform.node-heartbeat,                      NODE_HEARTBEAT,  RECENT
          onex.evt.platform.node-heartbeat.v1,          NODE_HEARTBEAT,  RECENT
          onex.node.heartbeat.published,                NODE_HEARTBEAT,  RECENT
          onex.node.heartbeat.published.v1,             NODE_HEARTBEAT,  RECENT
          onex.node.shutdown.announced.v1,              NODE_SHUTDOWN,   RECENT
          onex.runtime.node.registered,                 NODE_REGISTER,   RECENT
          onex.events.NODE_FAILURE,                     NODE_FAILURE,    RECENT
          node_shutdown_event,                          NODE_SHUTDOWN,   RECENT
          tool_discovery_request,                       TOOL_DISCOVERY_REQUEST, RECENT
          DISCOVERY_RESPONSE,                           NODE_DISCOVERY_RESPONSE, FOREIGN
          discovery_response,                           NODE_DISCOVERY_RESPONSE, RECENT
          NODE_REGISTERED,                              NODE_REGISTER,   FOREIGN
          node_introspection_event,                     NODE_INTROSPECTION, RECENT
          onex.node.introspection.published,            NODE_INTROSPECTION, RECENT
          onex.evt.platform.node-introspection.v1,      NODE_INTROSPECTION, RECENT
          NODE_INTROSPECTION,                           NODE_INTROSPECTION, PLAIN
          onex.registry.introspection.requested.v1,     INTROSPECTION_REQUEST, RECENT
          onex.registry.node.deregistered.v1,           NODE_DEREGISTERED, RECENT
          onex.registry.node.registration_failed.v1,    NODE_REGISTRATION_FAILED, RECENT
          onex.infra.circuit_breaker.state_changed.v1,  CIRCUIT_BREAKER_STATE_CHANGED, RECENT
          onex.evt.omnibase-infra.runtime-error.v1,     RUNTIME_ERROR,   RECENT
          dev.acme.onex.evt.platform.node-heartbeat.v1, NODE_HEARTBEAT,  RECENT
          tenant-1.onex.node.heartbeat.published.v1,    NODE_HEARTBEAT,  RECENT
          dev.onex.evt.shop.order-paid.v2,              shop.order-paid, PLAIN
          acme.onex.thing,                              acme.onex.thing, PLAIN
          onex.evt.omnimarket.redeploy-completed.v1,    omnimarket.redeploy-completed, PLAIN
          github.pr-status,                             github.pr-status, PLAIN
          plugin.ai.completion,                         plugin.ai.completion, PLAIN
          acme:NODE_START,                              acme:NODE_START, PLAIN
          UserCreated,                                  UserCreated,     PLAIN
          """)
  void each_spelling_means_one_type(String raw, String name, TypeName.Spelling spelling) {
    assertThat(TypeNames.read(raw)).isEqualTo(new TypeName(EventType.of(name), spelling));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "x;y", "é", "<b>", "a\n", "\"", "RULES_CHANGED", "-x"})
  void what_cannot_be_a_name_is_not_read(String raw) {
    assertThat(TypeNames.read(raw)).isNull();
  }

  @Test
  void a_name_is_at_most_as_long_as_a_topic() {
    assertThat(TypeNames.read("x".repeat(255))).isNotNull();
    assertThat(TypeNames.read("x".repeat(256))).isNull();
  }

  @Test
  void the_cache_answers_as_the_table_does() {
    TypeCache cache = new TypeCache(new KeyHash(3));
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 2_000; i++) {
        byte[] name = ("TYPE_" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(cache.read(name, 0, name.length)).isEqualTo(TypeNames.read("TYPE_" + i));
      }
    }
    byte[] bad = {'a', ' ', 'b'};
    assertThat(cache.read(bad, 0, 3)).isNull();
    assertThat(cache.read(bad, 0, 3)).isNull();
  }
}
