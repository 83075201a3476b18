package io.onex.cli.command;

import io.onex.cli.http.GatewayClient;
import io.onex.output.Format;
import io.onex.output.Result;
import io.onex.output.ResultPrinter;
import io.onex.output.Style;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options every command that talks to a gateway has.
final class GatewayOptions {
  @Option(
      names = {"-g", "--gateway"},
      paramLabel = "URL",
      defaultValue = "${env:ONEX_GATEWAY:-http://127.0.0.1:8420}",
      converter = GatewayAddress.class,
      description = "The gateway to talk to; default ${DEFAULT-VALUE}.")
  private URI gateway = URI.create("http://127.0.0.1:8420");

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      converter = FormatConverter.class,
      description = "human, table, json, yaml or csv; default human on a terminal, json otherwise.")
  private @Nullable Format format;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print data and errors only.")
  private boolean quiet;

  @Option(
      names = {"-C", "--no-color"},
      description = "Print without colours.")
  private boolean noColor;

  @Option(names = "--debug", description = "Print stack traces of failures.")
  @SuppressWarnings("UnusedVariable") // read by the failure handler from the parsed words
  private boolean debug;

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private HelpOption help = new HelpOption();

  @Spec(Spec.Target.MIXEE)
  private CommandLine.Model.@Nullable CommandSpec spec;

  GatewayClient client() {
    return new GatewayClient(gateway, Duration.ofSeconds(90));
  }

  URI gateway() {
    return gateway;
  }

  boolean quiet() {
    return quiet;
  }

  Format format() {
    return format != null ? format : Format.unasked();
  }

  /// Whether a result is one document, which a program reads as a whole.
  boolean printsDocuments() {
    return format().isDocument();
  }

  Style style() {
    return noColor ? new Style(false) : Style.ofEnvironment();
  }

  /// Prints the result.
  ///
  /// @return its exit code
  int print(Result result) {
    new ResultPrinter(format(), style(), quiet, commandLine().getOut(), commandLine().getErr())
        .print(result);
    return result.outcome().exitCode();
  }

  CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("options are used before the command line was parsed");
    }
    return spec.commandLine();
  }

  /// Wrong use of an option, told like all wrong use.
  CommandLine.ParameterException wrong(String message) {
    return new CommandLine.ParameterException(commandLine(), message);
  }
}
