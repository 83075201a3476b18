package io.onex.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The whole configuration, one record per subsystem. Immutable; prints no secret.
///
/// @param destinations in file order, those disabled or not available included
public record GatewayConfig(
    List<DestinationConfig> destinations,
    RoutingConfig routing,
    ServerConfig server,
    LogConfig log,
    SourcesConfig sources,
    EnrichmentConfig enrichment,
    OperationsConfig operations,
    MetricsConfig metrics,
    LoggingConfig logging,
    HealthConfig health) {
  static final Field<RoutingConfig> ROUTING =
      section(
          "routing",
          RoutingConfig.FIELDS,
          RoutingConfig::from,
          RoutingConfig.EVERYTHING,
          "Which records go where.");
  static final Field<BufferingConfig> BUFFERING =
      section(
          "buffering",
          BufferingConfig.FIELDS,
          BufferingConfig::from,
          BufferingConfig.DEFAULT,
          "The batch of every destination that does not say otherwise; without it each kind batches as it likes.");
  static final Field<ServerConfig> SERVER =
      section(
          "server",
          ServerConfig.FIELDS,
          ServerConfig::from,
          ServerConfig.DEFAULT,
          "Where the gateway listens and how much a request may ask of it.");
  static final Field<LogConfig> LOG =
      section("log", LogConfig.FIELDS, LogConfig::from, LogConfig.DEFAULT, "The durable log.");
  static final Field<SourcesConfig> SOURCES =
      section(
          "sources",
          SourcesConfig.FIELDS,
          SourcesConfig::from,
          SourcesConfig.DEFAULT,
          "Where records come from besides HTTP.");
  static final Field<EnrichmentConfig> ENRICHMENT =
      section(
          "enrichment",
          EnrichmentConfig.FIELDS,
          EnrichmentConfig::from,
          EnrichmentConfig.DEFAULT,
          "What is added to records and taken out of them.");
  static final Field<OperationsConfig> OPERATIONS =
      section(
          "operations",
          OperationsConfig.FIELDS,
          OperationsConfig::from,
          OperationsConfig.DEFAULT,
          "How STARTs wait for their ENDs.");
  static final Field<MetricsConfig> METRICS =
      section(
          "metrics",
          MetricsConfig.FIELDS,
          MetricsConfig::from,
          MetricsConfig.DEFAULT,
          "How many series metrics may have.");
  static final Field<LoggingConfig> LOGGING =
      section(
          "logging",
          LoggingConfig.FIELDS,
          LoggingConfig::from,
          LoggingConfig.DEFAULT,
          "What the gateway itself logs.");
  static final Field<HealthConfig> HEALTH =
      section(
          "health",
          HealthConfig.FIELDS,
          HealthConfig::from,
          HealthConfig.DEFAULT,
          "When the gateway calls itself sick.");

  public GatewayConfig {
    destinations = List.copyOf(destinations);
  }

  /// The destination of this name.
  public Optional<DestinationConfig> destination(String name) {
    return destinations.stream().filter(d -> d.name().equals(name)).findFirst();
  }

  private static <T> Field<T> section(
      String name, Fields fields, Function<Section, T> make, T fallback, String help) {
    return Field.of(name, Types.section(fields, make), fallback, help);
  }
}
