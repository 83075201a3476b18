package io.onex.cli.http;

import java.util.List;

/// Says hints of a gateway, which name requests, in the commands that send those.
final class Hints {
  private record Said(String request, String command) {}

  /// Longer requests before those they begin with.
  private static final List<Said> COMMANDS =
      List.of(
          new Said("DELETE /onex/v1/replay/{id}", "`onex replay cancel ID`"),
          new Said("GET /onex/v1/dead-letters", "`onex dead-letters list`"),
          new Said("GET /onex/v1/replay", "`onex replay list`"),
          new Said("GET /onex/v1/status", "`onex status`"),
          new Said("GET /onex/v1/tap", "`onex tap`"));

  private Hints() {}

  static String forCommandLine(String hint) {
    String told = hint;
    for (Said each : COMMANDS) {
      told = told.replace(each.request(), each.command());
    }
    return told;
  }
}
