package io.onex.integration.jaeger;

import io.onex.delivery.http.BaseUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// What `kind: jaeger` is told, apart from the timeout.
///
/// @param collector address of the Zipkin receiver
record JaegerSettings(BaseUrl collector) {
  /// Where Jaeger's collector takes spans of Zipkin's format unless told otherwise.
  static final int ZIPKIN_RECEIVER_PORT = 9411;

  /// Jaeger's agent took spans over UDP there: 6831 in compact, 6832 in binary Thrift.
  private static final int AGENT_COMPACT_PORT = 6831;

  private static final int AGENT_BINARY_PORT = 6832;

  /// @throws IllegalArgumentException when they do not say one address; the message says why
  static JaegerSettings of(
      Optional<BaseUrl> endpoint, Optional<String> agentHost, Optional<Integer> agentPort) {
    if (endpoint.isPresent()) {
      if (agentHost.isPresent() || agentPort.isPresent()) {
        throw new IllegalArgumentException("give endpoint, or agent_host and agent_port, not both");
      }
      return new JaegerSettings(endpoint.get());
    }
    String host =
        agentHost.orElseThrow(
            () -> new IllegalArgumentException("give endpoint, or agent_host of the collector"));
    int port = agentPort.filter(p -> !isAgentPort(p)).orElse(ZIPKIN_RECEIVER_PORT);
    try {
      return new JaegerSettings(new BaseUrl(new URI("http", null, host, port, null, null, null)));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("agent_host must be the name or address of a host", e);
    }
  }

  /// Whether only the agent listened there, with which Jaeger has done away.
  static boolean isAgentPort(int port) {
    return port == AGENT_COMPACT_PORT || port == AGENT_BINARY_PORT;
  }
}
