package io.onex.app;

import io.onex.app.ConfigFindings.Probed;
import io.onex.app.ConfigFindings.Reach;
import io.onex.config.DestinationConfig;
import io.onex.config.GatewayConfig;
import io.onex.config.ListenAddress;
import io.onex.config.Loaded;
import io.onex.config.Mark;
import io.onex.config.Problem;
import io.onex.config.Problem.Severity;
import io.onex.delivery.ExpositionSource;
import io.onex.delivery.Integration;
import io.onex.delivery.IntegrationCatalog;
import io.onex.enrichment.CatalogueFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `onex config validate FILE [--probe]`: everything that is wrong with a configuration, or looks
/// wrong, and with `--probe` which destinations cannot be reached.
final class ConfigCommand {
  private static final String USAGE =
      """
      onex config validate FILE [--probe] [--format FORMAT]

        FILE                     the configuration to check; all that is wrong is told, with line
            --probe              also asks every destination whether it can be reached
        %s

      Exit code: 0 when all is well, 2 with warnings, 1 with errors.\
      """
          .formatted(Report.USAGE);

  private ConfigCommand() {}

  /// @return 0 when all is well, 2 with warnings, 1 with errors
  static int run(List<String> words, PrintWriter out, PrintWriter err)
      throws UsageException, InterruptedException, IOException {
    if (Arguments.wantsHelp(words)) {
      out.println(USAGE);
      return 0;
    }
    Arguments arguments = new Arguments(words, Report.OPTIONS, Set.of("--probe"));
    arguments.requireCommand("onex config", Set.of("validate"));
    if (arguments.rest().size() != 2) {
      throw new UsageException("name one file: onex config validate FILE [--probe]");
    }
    Path file = Path.of(arguments.rest().getLast());
    return Report.of(arguments, out, err)
        .run(report -> {
          ConfigFindings found = check(file, arguments.has("--probe"));
          return report.isForPeople()
              ? report.print(found.lines(), found.outcome())
              : report.print(found.result());
        });
  }

  private static ConfigFindings check(Path file, boolean probe) throws InterruptedException {
    IntegrationCatalog catalog = IntegrationCatalog.load();
    Loaded read = new Configurations(catalog).loadFirst(file, true);
    IntegrationMaker maker = maker(catalog);
    Loaded loaded =
        read.config().map(config -> read.with(atStart(config, maker, read))).orElse(read);
    boolean usable = !loaded.hasErrors() && loaded.config().isPresent();
    return new ConfigFindings(
        loaded.problems(), usable && probe ? probe(loaded.config().get(), maker) : List.of());
  }

  private static IntegrationMaker maker(IntegrationCatalog catalog) {
    ExpositionSource none =
        () -> {
          throw new IOException("there are no metrics while a configuration is checked");
        };
    return new IntegrationMaker(catalog, new SystemClock(), none, "localhost");
  }

  /// What would be refused or said only when a gateway starts with the configuration: files that
  /// cannot be used, and addresses that other machines reach.
  private static List<Problem> atStart(
      GatewayConfig config, IntegrationMaker maker, Loaded loaded) {
    List<Problem> problems = new ArrayList<>();
    for (DestinationConfig destination : config.destinations()) {
      if (DestinationSettings.isDelivered(destination)) {
        Mark mark = loaded.tree().mark("integrations." + destination.name());
        try {
          maker.make(destination).close();
        } catch (UsageException e) {
          problems.add(new Problem(Severity.ERROR, mark, "", String.valueOf(e.getMessage()), ""));
        }
      }
    }
    for (ListenAddress address : config.server().listeners()) {
      if (!address.isLoopback()) {
        problems.add(
            warning(
                loaded,
                "server.listeners",
                "other machines reach " + address + " and nobody is asked who they are",
                "serve refuses it without --insecure"));
      }
    }
    config
        .enrichment()
        .catalogue()
        .map(file -> new CatalogueFile(file).look())
        .ifPresent(look -> {
          if (look instanceof CatalogueFile.Look.Broken(String reason)) {
            problems.add(
                warning(
                    loaded, "enrichment.catalogue", reason, "nothing is added until it can be"));
          }
        });
    return problems;
  }

  private static Problem warning(Loaded loaded, String path, String message, String hint) {
    return new Problem(Severity.WARNING, loaded.tree().mark(path), path, message, hint);
  }

  private static List<Probed> probe(GatewayConfig config, IntegrationMaker maker)
      throws InterruptedException {
    List<Probed> all = new ArrayList<>();
    for (DestinationConfig destination : config.destinations()) {
      if (DestinationSettings.isDelivered(destination)) {
        all.add(probe(maker, destination));
      }
    }
    return all;
  }

  private static Probed probe(IntegrationMaker maker, DestinationConfig destination)
      throws InterruptedException {
    String name = destination.name();
    try (Integration integration = maker.make(destination)) {
      return switch (integration.probe()) {
        case Integration.Probe.Reachable(String detail) ->
            new Probed(name, Reach.REACHABLE, detail);
        case Integration.Probe.Unknown(String reason) -> new Probed(name, Reach.UNKNOWN, reason);
        case Integration.Probe.Unreachable(String reason) ->
            new Probed(name, Reach.UNREACHABLE, reason);
      };
    } catch (IOException | UsageException e) {
      return new Probed(name, Reach.UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }
}
