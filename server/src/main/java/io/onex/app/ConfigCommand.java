package io.onex.app;

import io.onex.config.DestinationConfig;
import io.onex.config.GatewayConfig;
import io.onex.config.Loaded;
import io.onex.delivery.ExpositionSource;
import io.onex.delivery.Integration;
import io.onex.delivery.IntegrationCatalog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// `onex config validate FILE [--probe]`: everything that is wrong with a configuration, or looks
/// wrong, and with `--probe` which destinations cannot be reached.
final class ConfigCommand {
  private static final int ERROR = 1;
  private static final int WARNING = 2;

  private ConfigCommand() {}

  /// @return 0 when all is well, 2 with warnings, 1 with errors
  static int run(List<String> words, PrintStream out) throws UsageException, InterruptedException {
    Arguments arguments = new Arguments(words, Set.of(), Set.of("--probe"));
    if (arguments.rest().size() != 2 || !arguments.rest().getFirst().equals("validate")) {
      throw new UsageException("onex config validate FILE [--probe]");
    }
    IntegrationCatalog catalog = IntegrationCatalog.load();
    Loaded loaded = new Configurations(catalog).load(Path.of(arguments.rest().getLast()), true);
    loaded.problems().forEach(out::println);
    if (loaded.hasErrors() || loaded.config().isEmpty()) {
      return ERROR;
    }
    boolean reachable = !arguments.has("--probe") || probe(loaded.config().get(), catalog, out);
    if (!loaded.problems().isEmpty() || !reachable) {
      return WARNING;
    }
    out.println("the configuration is fine");
    return 0;
  }

  private static boolean probe(GatewayConfig config, IntegrationCatalog catalog, PrintStream out)
      throws InterruptedException {
    ExpositionSource none =
        () -> {
          throw new IOException("there are no metrics while a configuration is checked");
        };
    IntegrationMaker maker = new IntegrationMaker(catalog, new SystemClock(), none, "localhost");
    boolean all = true;
    for (DestinationConfig destination : config.destinations()) {
      if (DestinationSettings.isDelivered(destination)) {
        all &= probe(maker, destination, out);
      }
    }
    return all;
  }

  private static boolean probe(
      IntegrationMaker maker, DestinationConfig destination, PrintStream out)
      throws InterruptedException {
    try (Integration integration = maker.make(destination)) {
      return switch (integration.probe()) {
        case Integration.Probe.Reachable(String detail) -> {
          out.println(destination.name() + ": reachable, " + detail);
          yield true;
        }
        case Integration.Probe.Unknown(String reason) -> {
          out.println(destination.name() + ": cannot tell, " + reason);
          yield true;
        }
        case Integration.Probe.Unreachable(String reason) -> {
          out.println(destination.name() + ": not reachable, " + reason);
          yield false;
        }
      };
    } catch (IOException | UsageException e) {
      out.println(destination.name() + ": not reachable, " + e.getMessage());
      return false;
    }
  }
}
