package io.onex.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.onex.cli.http.GatewayClient;
import io.onex.cli.http.GatewayException;
import io.onex.output.Format;
import io.onex.output.ResultPrinter;
import io.onex.output.Style;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine;

/// Walks through what every command loads, so that the start-up cache holds it.
final class StartUpTraining {
  private final CommandLine command;

  StartUpTraining(CommandLine command) {
    this.command = command;
  }

  void run() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    command.usage(nowhere);
    command.printVersionHelp(nowhere);
    JsonNode empty = JsonNodeFactory.instance.objectNode();
    for (Format format : Format.values()) {
      new ResultPrinter(format, new Style(true), false, nowhere, nowhere)
          .print(StatusCommand.result(empty));
    }
    try {
      // Nothing listens on port 1: the call fails after the HTTP classes were loaded.
      new GatewayClient(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1)).get("/", "");
    } catch (GatewayException expected) {
      nowhere.println(expected.getMessage());
    }
  }
}
