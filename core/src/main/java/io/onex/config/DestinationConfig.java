package io.onex.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One destination: an integration with its address, limits and habits.
///
/// @param name its identity: the key under `integrations`
/// @param kind which integration serves it
/// @param available whether this build has the kind; nothing is delivered when it has not
/// @param enabled whether records are delivered; the cursor stays either way
/// @param previously the name it had before, whose cursor and ledger it goes on with
/// @param from where it begins when it is new
/// @param ack whether a source that waits for delivery waits for this one
/// @param groups which groups of rules reach it
/// @param parallelism most attempts under way at once
/// @param timeout of one attempt
/// @param fallback destination that takes over what this one cannot get rid of
/// @param settings those of its kind; read them with the kind's fields
public record DestinationConfig(
    String name,
    String kind,
    boolean available,
    boolean enabled,
    Optional<String> previously,
    StartAt from,
    Ack ack,
    Set<DestinationGroup> groups,
    BatchConfig batch,
    RetryConfig retry,
    BreakerConfig breaker,
    Optional<RateLimitConfig> rateLimit,
    int parallelism,
    Duration timeout,
    Optional<FallbackConfig> fallback,
    TlsConfig tls,
    Section settings) {
  /// Most destinations: a routing decision is one bit for each within a long, one bit stays free.
  public static final int MAX_DESTINATIONS = 63;

  static final Field<Optional<String>> KIND =
      Field.optional("kind", Types.TEXT, "Kind of integration, if the key is not its name.");
  static final Field<Boolean> ENABLED =
      Field.of("enabled", Types.BOOLEAN, true, "`false` pauses it; its cursor stays.");
  static final Field<Optional<String>> PREVIOUSLY =
      Field.optional(
          "previously", Types.TEXT, "Its former key, whose cursor and ledger it goes on with.");
  static final Field<StartAt> FROM =
      Field.of("from", StartAts.TYPE, new StartAt.End(), "Where in the log it begins when new.");
  static final Field<Ack> ACK =
      Field.of(
          "ack",
          Types.oneOf(Ack.class),
          Ack.REQUIRED,
          "Whether `X-Onex-Ack: delivered` waits for it.");
  static final Field<List<DestinationGroup>> GROUPS =
      Field.of(
          "groups",
          Types.list(Types.oneOf(DestinationGroup.class)),
          List.of(),
          "Groups by which rules reach it; its kind's group unless given.");
  static final Field<BatchOverride> BATCH =
      Field.of(
          "batch",
          Types.section(BatchOverride.FIELDS, BatchOverride::from),
          BatchOverride.NONE,
          "When collected records leave; else as `buffering` says, else as the kind likes.");
  static final Field<RetryConfig> RETRY =
      Field.of(
          "retry",
          Types.section(RetryConfig.FIELDS, RetryConfig::from),
          RetryConfig.DEFAULT,
          "Waits between attempts.");
  static final Field<BreakerConfig> CIRCUIT_BREAKER =
      Field.of(
          "circuit_breaker",
          Types.section(BreakerConfig.FIELDS, BreakerConfig::from),
          BreakerConfig.DEFAULT,
          "When it is left alone for a while.");
  static final Field<Optional<RateLimitConfig>> RATE_LIMIT =
      Field.optional(
          "rate_limit",
          Types.section(RateLimitConfig.FIELDS, RateLimitConfig::from),
          "How many requests it gets at most; no limit unless given.");
  static final Field<Integer> PARALLELISM =
      Field.of("parallelism", Types.integer(1, 256), 1, "Most attempts under way at once.");
  static final Field<Duration> TIMEOUT =
      Field.of("timeout", Types.DURATION, Duration.ofSeconds(10), "Longest attempt.");
  static final Field<Optional<FallbackConfig>> FALLBACK =
      Field.optional(
          "fallback", FallbackConfig.TYPE, "Destination that takes over: its name, or settings.");
  static final Field<TlsConfig> TLS =
      Field.of(
          "tls",
          Types.section(TlsConfig.FIELDS, TlsConfig::from),
          TlsConfig.DEFAULT,
          "Certificates of an HTTPS destination.");

  /// The settings every destination has.
  public static final Fields FIELDS =
      Fields.of(
          KIND,
          ENABLED,
          PREVIOUSLY,
          FROM,
          ACK,
          GROUPS,
          BATCH,
          RETRY,
          CIRCUIT_BREAKER,
          RATE_LIMIT,
          PARALLELISM,
          TIMEOUT,
          FALLBACK,
          TLS);

  public DestinationConfig {
    groups = Set.copyOf(groups);
  }

  /// Whether records reach it at all.
  public boolean isActive() {
    return available && enabled;
  }

  /// Whether a request that asks for delivery waits for this destination.
  public enum Ack {
    REQUIRED,
    OPTIONAL
  }
}
