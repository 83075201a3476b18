package io.onex.delivery;

import io.onex.config.KindCatalog;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;

/// The kinds of integration on the class path.
///
/// @param factories one for each kind, by name
public record IntegrationCatalog(List<IntegrationFactory> factories) {
  /// @throws IllegalArgumentException when two make the same kind
  public IntegrationCatalog {
    factories =
        factories.stream().sorted(Comparator.comparing(IntegrationCatalog::nameOf)).toList();
    for (int i = 1; i < factories.size(); i++) {
      if (nameOf(factories.get(i)).equals(nameOf(factories.get(i - 1)))) {
        throw new IllegalArgumentException(
            "two integrations are of kind " + nameOf(factories.get(i)));
      }
    }
  }

  /// All that are registered.
  public static IntegrationCatalog load() {
    return new IntegrationCatalog(
        StreamSupport.stream(ServiceLoader.load(IntegrationFactory.class).spliterator(), false)
            .toList());
  }

  /// What the configuration needs to know of them.
  public KindCatalog kinds() {
    return new KindCatalog(factories.stream().map(IntegrationFactory::kind).toList());
  }

  public Optional<IntegrationFactory> find(String kind) {
    return factories.stream().filter(factory -> nameOf(factory).equals(kind)).findFirst();
  }

  private static String nameOf(IntegrationFactory factory) {
    return factory.kind().name();
  }
}
