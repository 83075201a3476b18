package io.onex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.onex.cli.command.OnexCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandReferenceTest {
  @Test
  void every_command_and_option_stands_in_the_reference_page() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/cli.md"));
    List<String> words = new ArrayList<>();
    collect(new CommandLine(new OnexCommand()), words);

    assertThat(words).contains("replay", "--dry-run");
    assertThat(words).allSatisfy(word -> assertThat(page).contains(word));
  }

  private static void collect(CommandLine command, List<String> words) {
    command.getCommandSpec().options().stream()
        .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
        .forEach(option -> words.add(option.longestName()));
    command
        .getSubcommands()
        .forEach((name, subcommand) -> {
          words.add(name);
          collect(subcommand, words);
        });
  }
}
