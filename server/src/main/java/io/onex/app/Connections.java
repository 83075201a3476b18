package io.onex.app;

import io.onex.config.DestinationConfig;
import io.onex.delivery.Integration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connections of several destinations, made before any of them is used: all or none, so that
/// nothing that runs is touched for a configuration that cannot be had.
///
/// What is taken belongs to the taker; closing lets go of the rest. One thread at a time.
final class Connections implements AutoCloseable {
  private final Map<String, Connection> waiting = new LinkedHashMap<>();

  private Connections() {}

  /// Makes the integrations of each of `wanted` that is delivered to, and of its fallback.
  ///
  /// @param all the destinations of the configuration, among them the fallbacks
  /// @throws UsageException when some cannot be made, naming each with its reason; none is left
  static Connections make(
      IntegrationMaker maker, Collection<DestinationConfig> wanted, List<DestinationConfig> all)
      throws UsageException {
    Connections made = new Connections();
    List<String> failures = new ArrayList<>();
    for (DestinationConfig config : wanted) {
      if (!DestinationSettings.isDelivered(config)) {
        continue;
      }
      try {
        made.waiting.put(config.name(), connect(maker, config, all));
      } catch (UsageException e) {
        failures.add(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        made.close();
        throw e;
      }
    }
    if (!failures.isEmpty()) {
      made.close();
      throw new UsageException(String.join("; ", failures));
    }
    return made;
  }

  private static Connection connect(
      IntegrationMaker maker, DestinationConfig config, List<DestinationConfig> all)
      throws UsageException {
    Optional<DestinationConfig> fallback = Optional.empty();
    if (config.fallback().isPresent()) {
      String name = config.fallback().get().destination();
      fallback = all.stream().filter(other -> other.name().equals(name)).findFirst();
      if (fallback.isEmpty()) {
        throw new UsageException(
            "integrations." + config.name() + ".fallback: there is no destination " + name);
      }
    }
    Integration own = maker.make(config);
    try {
      return new Connection(
          config,
          own,
          fallback.isPresent() ? Optional.of(maker.make(fallback.get())) : Optional.empty());
    } catch (UsageException | RuntimeException e) {
      own.close();
      throw e;
    }
  }

  /// Hands over the connection of a destination; absent when it is not delivered to.
  Optional<Connection> take(String destination) {
    return Optional.ofNullable(waiting.remove(destination));
  }

  @Override
  public void close() {
    waiting.values().forEach(Connection::close);
    waiting.clear();
  }
}
