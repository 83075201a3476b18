package io.onex.app;

import io.onex.config.ConfigLoader;
import io.onex.config.GatewayConfig;
import io.onex.config.ListenAddress;
import io.onex.config.Loaded;
import io.onex.config.Problem;
import io.onex.delivery.IntegrationCatalog;
import io.onex.routing.RoutingReview;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Reads configurations with all the checks there are.
final class Configurations {
  private final ConfigLoader loader;

  Configurations(IntegrationCatalog catalog) {
    loader = new ConfigLoader(catalog.kinds(), name -> Optional.ofNullable(System.getenv(name)));
  }

  /// As [#loadFirst], for a file that is read again: it must not be one that blocks.
  Loaded load(Path file, boolean thorough) {
    return RoutingReview.of(loader.load(file), thorough);
  }

  /// @param thorough whether rules that are dead or leave somebody out are looked for as well
  Loaded loadFirst(Path file, boolean thorough) {
    return RoutingReview.of(loader.loadFirst(file), thorough);
  }

  /// The configuration that `serve` runs: the file's or the defaults, with the command line before
  /// both.
  ///
  /// @param warnings takes what looks wrong in the file
  /// @throws UsageException when the file has errors, or an address is refused
  GatewayConfig forServing(ServeOptions options, Consumer<Problem> warnings) throws UsageException {
    GatewayConfig config = loader.defaults();
    if (options.config().isPresent()) {
      Loaded loaded = loadFirst(options.config().get(), false);
      if (loaded.hasErrors() || loaded.config().isEmpty()) {
        throw new UsageException(
            "the configuration has errors:\n"
                + loaded.problems().stream()
                    .filter(Problem::isError)
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n")));
      }
      loaded.problems().forEach(warnings);
      config = loaded.config().get();
    }
    return checked(overridden(config, options), options.insecure());
  }

  /// What the command line says goes before what the file says; also after a reload.
  static GatewayConfig overridden(GatewayConfig config, ServeOptions options)
      throws UsageException {
    if (options.listen().isEmpty()) {
      return config;
    }
    ListenAddress address;
    try {
      address = ListenAddress.parse(options.listen().get());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--listen: " + e.getMessage());
    }
    return new GatewayConfig(
        config.destinations(),
        config.routing(),
        config.server().withListeners(List.of(address)),
        config.log(),
        config.sources(),
        config.enrichment(),
        config.operations(),
        config.metrics(),
        config.logging(),
        config.health());
  }

  private static GatewayConfig checked(GatewayConfig config, boolean insecure)
      throws UsageException {
    for (ListenAddress address : config.server().listeners()) {
      if (!insecure && !address.isLoopback()) {
        throw new UsageException(
            "refusing to listen on "
                + address
                + ": other machines could reach it and nobody is asked who they are; use an address"
                + " of this machine such as 127.0.0.1, or --insecure");
      }
    }
    return config;
  }
}
