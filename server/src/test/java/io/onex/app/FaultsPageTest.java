package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each test that `designs/faults.md` names for a fault exists.
class FaultsPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED =
      Pattern.compile("\\b([A-Z]\\w+Test)\\b(?:\\.(\\w+))?|(?<=[,;(] )\\.(\\w+)");

  @Test
  void every_line_names_tests_that_exist() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    int lines = 0;
    for (String line : Files.readAllLines(ROOT.resolve("designs/faults.md"))) {
      if (!line.startsWith("| ") || line.startsWith("| what was broken")) {
        continue;
      }
      lines++;
      String tests = line.substring(line.indexOf(" | ") + 3);
      String of = "";
      Matcher named = NAMED.matcher(tests);
      while (named.find()) {
        of = named.group(1) != null ? named.group(1) : of;
        String method = named.group(2) != null ? named.group(2) : named.group(3);
        String source = sources.getOrDefault(of, "");
        if (source.isEmpty() || (method != null && !source.contains(method))) {
          missing.add(of + "." + method);
        }
      }
      assertThat(of).as("no test for: %s", line).isNotEmpty();
    }
    assertThat(lines).isGreaterThan(80);
    assertThat(missing).isEmpty();
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (Path module : modules()) {
      Path tests = module.resolve("src/test/java");
      if (Files.isDirectory(tests)) {
        try (Stream<Path> all = Files.walk(tests)) {
          for (Path file : all.filter(path -> path.toString().endsWith("Test.java")).toList()) {
            String name = file.getFileName().toString();
            sources.merge(
                name.substring(0, name.length() - 5), Files.readString(file), String::concat);
          }
        }
      }
    }
    return sources;
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> all = Files.list(ROOT)) {
      return all.filter(path -> Files.exists(path.resolve("pom.xml"))).toList();
    }
  }
}
