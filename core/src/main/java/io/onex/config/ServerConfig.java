package io.onex.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
/// @param maxConnections connections that may be open at once; empty for as many as there is room
///   for
/// @param headerTimeout how long the headers of a request are waited for
/// @param bodyTimeout how long a body is waited for, and a client to take its answer, beyond what
///   its bytes earn
/// @param minBodyRate bytes that earn another second
/// @param idleTimeout how long a connection may wait for its next request
/// @param allowedHosts further names by which it may be asked for
/// @param hurriedTimeout all these waits while nearly all places or bytes are taken
public record ServerConfig(
    List<ListenAddress> listeners,
    ByteSize maxRequest,
    ByteSize maxUnpacked,
    ByteSize maxEvent,
    ByteSize warnEvent,
    int maxDepth,
    int warnDepth,
    Duration ackTimeout,
    Duration maxAckTimeout,
    Optional<Integer> maxConnections,
    Duration headerTimeout,
    Duration bodyTimeout,
    ByteSize minBodyRate,
    Duration idleTimeout,
    Duration hurriedTimeout,
    List<String> allowedHosts) {
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
  static final Field<Optional<Integer>> MAX_CONNECTIONS =
      Field.optional(
          "max_connections",
          Types.integer(1, 1_000_000),
          "Connections that may be open at once. Unless given, 10 000, or as many as memory and the"
              + " limit of open files have room for; more than those are never open. When all places are taken, whoever has been waited for longest is closed;"
              + " 256 further places are kept for `/health`, `/ready` and `/metrics`.");
  static final Field<Duration> HEADER_TIMEOUT =
      Field.of(
          "header_timeout",
          Types.DURATION,
          Duration.ofSeconds(30),
          "How long the headers of a request are waited for.");
  static final Field<Duration> BODY_TIMEOUT =
      Field.of(
          "body_timeout",
          Types.DURATION,
          Duration.ofSeconds(30),
          "How long a body is waited for in all, and a client to take its answer, with a second more"
              + " for each `min_body_rate`.");
  static final Field<ByteSize> MIN_BODY_RATE =
      Field.of(
          "min_body_rate",
          Types.SIZE,
          new ByteSize(1024),
          "Bytes a second at which a body may come, or an answer be read, for as long as it takes.");
  static final Field<Duration> IDLE_TIMEOUT =
      Field.of(
          "idle_timeout",
          Types.DURATION,
          Duration.ofMinutes(5),
          "How long a connection is kept for its next request.");
  static final Field<Duration> HURRIED_TIMEOUT =
      Field.of(
          "hurried_timeout",
          Types.DURATION,
          Duration.ofSeconds(5),
          "The longest of these waits while over three quarters of the places are taken.");
  static final Field<List<String>> ALLOWED_HOSTS =
      Field.of(
          "allowed_hosts",
          Types.list(
              Types.scalar(
                  "host name",
                  Map.of("type", "string", "pattern", "^[A-Za-z0-9_.-]+$"),
                  ServerConfig::hostName,
                  name -> name)),
          List.of(),
          "Names, without a port, by which the gateway is asked for beside `localhost`, addresses, the"
              + " name of the machine and those it listens on, such as `onex.example.com`. Requests"
              + " for other names are answered 421, as a page in a browser could have made them.");
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
              MAX_CONNECTIONS,
              HEADER_TIMEOUT,
              BODY_TIMEOUT,
              MIN_BODY_RATE,
              IDLE_TIMEOUT,
              HURRIED_TIMEOUT,
              ALLOWED_HOSTS,
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
          Duration.ofSeconds(60),
          Optional.empty(),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          new ByteSize(1024),
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          List.of());

  public ServerConfig {
    listeners = List.copyOf(listeners);
    allowedHosts = List.copyOf(allowedHosts);
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

  /// The same, listening elsewhere.
  public ServerConfig withListeners(List<ListenAddress> addresses) {
    return new ServerConfig(
        addresses,
        maxRequest,
        maxUnpacked,
        maxEvent,
        warnEvent,
        maxDepth,
        warnDepth,
        ackTimeout,
        maxAckTimeout,
        maxConnections,
        headerTimeout,
        bodyTimeout,
        minBodyRate,
        idleTimeout,
        hurriedTimeout,
        allowedHosts);
  }

  private static String hostName(String text) {
    if (!text.matches("[A-Za-z0-9_.-]{1,253}")) {
      throw new IllegalArgumentException("write a name alone, such as onex.example.com");
    }
    return text;
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
        section.get(MAX_ACK_TIMEOUT),
        section.get(MAX_CONNECTIONS),
        section.get(HEADER_TIMEOUT),
        section.get(BODY_TIMEOUT),
        section.get(MIN_BODY_RATE),
        section.get(IDLE_TIMEOUT),
        section.get(HURRIED_TIMEOUT),
        section.get(ALLOWED_HOSTS));
  }
}
