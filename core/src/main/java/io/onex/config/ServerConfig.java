package io.onex.config;

import java.time.Duration;
import java.util.List;

/// Where the gateway listens and how much a request may ask of it.
///
/// @param maxRequest most bytes of a request body as sent
/// @param maxUnpacked most bytes of it once decompressed
/// @param maxEvent larger events are refused
/// @param warnEvent larger events are taken with a warning
/// @param maxDepth events nested deeper are refused
/// @param warnDepth events nested deeper are taken with a warning
/// @param ackTimeout how long a request that asks for delivery waits unless it says so itself
/// @param maxAckTimeout the longest it may ask for
public record ServerConfig(
    List<ListenAddress> listeners,
    ByteSize maxRequest,
    ByteSize maxUnpacked,
    ByteSize maxEvent,
    ByteSize warnEvent,
    int maxDepth,
    int warnDepth,
    Duration ackTimeout,
    Duration maxAckTimeout) {
  static final Field<List<ListenAddress>> LISTENERS =
      Field.of(
          "listeners",
          Types.list(ListenAddress.TYPE),
          List.of(new ListenAddress("127.0.0.1", 8420)),
          "Addresses to listen on, as `HOST:PORT`.");
  static final Field<ByteSize> MAX_REQUEST =
      Field.of("max_request", Types.SIZE, ByteSize.ofMiB(16), "Largest request body as sent.");
  static final Field<ByteSize> MAX_UNPACKED =
      Field.of(
          "max_unpacked", Types.SIZE, ByteSize.ofMiB(64), "Largest request body decompressed.");
  static final Field<ByteSize> MAX_EVENT =
      Field.of("max_event", Types.SIZE, ByteSize.ofMiB(1), "Larger events are refused.");
  static final Field<ByteSize> WARN_EVENT =
      Field.of("warn_event", Types.SIZE, new ByteSize(102_400), "Larger events get a warning.");
  static final Field<Integer> MAX_DEPTH =
      Field.of("max_depth", Types.integer(2, 512), 64, "Events nested deeper are refused.");
  static final Field<Integer> WARN_DEPTH =
      Field.of("warn_depth", Types.integer(1, 512), 10, "Events nested deeper get a warning.");
  static final Field<Duration> ACK_TIMEOUT =
      Field.of(
          "ack_timeout",
          Types.DURATION,
          Duration.ofSeconds(10),
          "How long a request that asks for delivery waits.");
  static final Field<Duration> MAX_ACK_TIMEOUT =
      Field.of(
          "max_ack_timeout",
          Types.DURATION,
          Duration.ofSeconds(60),
          "Longest wait a request may ask for.");
  static final Field<Boolean> OTLP_PORTS =
      Field.of(
          "otlp_ports",
          LaterFields.off("OTLP is not taken in"),
          false,
          "Whether 4317 and 4318 are opened for OTLP.");
  static final Fields FIELDS =
      Fields.of(
              LISTENERS,
              MAX_REQUEST,
              MAX_UNPACKED,
              MAX_EVENT,
              WARN_EVENT,
              MAX_DEPTH,
              WARN_DEPTH,
              ACK_TIMEOUT,
              MAX_ACK_TIMEOUT,
              OTLP_PORTS)
          .renamed("listen", "listeners");

  static final ServerConfig DEFAULT =
      new ServerConfig(
          List.of(new ListenAddress("127.0.0.1", 8420)),
          ByteSize.ofMiB(16),
          ByteSize.ofMiB(64),
          ByteSize.ofMiB(1),
          new ByteSize(102_400),
          64,
          10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60));

  public ServerConfig {
    listeners = List.copyOf(listeners);
    if (listeners.isEmpty()) {
      throw new IllegalArgumentException("the server listens on at least one address");
    }
    if (maxUnpacked.bytes() < maxRequest.bytes()) {
      throw new IllegalArgumentException("max_unpacked is smaller than max_request");
    }
    if (ackTimeout.compareTo(maxAckTimeout) > 0) {
      throw new IllegalArgumentException("ack_timeout is longer than max_ack_timeout");
    }
  }

  static ServerConfig from(Section section) {
    return new ServerConfig(
        section.get(LISTENERS),
        section.get(MAX_REQUEST),
        section.get(MAX_UNPACKED),
        section.get(MAX_EVENT),
        section.get(WARN_EVENT),
        section.get(MAX_DEPTH),
        section.get(WARN_DEPTH),
        section.get(ACK_TIMEOUT),
        section.get(MAX_ACK_TIMEOUT));
  }
}
