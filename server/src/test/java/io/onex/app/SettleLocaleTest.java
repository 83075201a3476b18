package io.onex.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// In whatever locale the launcher is called, Java takes names of files that are UTF-8. The script
/// is run by this machine's own `sh`, as the launcher does.
class SettleLocaleTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("basedir"), "..", "deploy", "launcher", "settle-locale.sh")
          .normalize();

  private static final String UNSET = "(unset)";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LC_ALL=C",
        "LC_ALL=POSIX",
        "LANG=C",
        "LC_CTYPE=POSIX",
        "LANG=C.UTF-8 LC_ALL=C",
        "LC_ALL=xx_YY",
        "LC_ALL=xx_YY.ISO-8859-1",
        "LANG=xx_YY.UTF-8",
        "LC_ALL="
      })
  void any_locale_becomes_one_with_utf_8(String locale) throws Exception {
    Map<String, String> environment = environment(locale);
    environment.put("PATH", System.getenv("PATH"));
    assertThat(settled(environment, "locale charmap")).isEqualTo("UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LANG=C.UTF-8", "LC_CTYPE=C.UTF-8", "LANG=C LC_CTYPE=C.UTF-8"})
  void a_locale_with_utf_8_stays_as_it_is(String locale) throws Exception {
    Map<String, String> environment = environment(locale);
    environment.put("PATH", System.getenv("PATH"));
    assertThat(lcAll(environment)).isEqualTo(UNSET);
  }

  /// What it is all for: the charset in which Java reads its arguments and the names of files.
  @ParameterizedTest
  @ValueSource(strings = {"", "LC_ALL=C", "LC_ALL=xx_YY.ISO-8859-1"})
  void java_takes_names_as_utf_8(String locale) throws Exception {
    Map<String, String> environment = environment(locale);
    environment.put("PATH", System.getenv("PATH"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String shown = settled(environment, "'" + java + "' -XshowSettings:properties -version 2>&1");
    assertThat(shown).contains("sun.jnu.encoding = UTF-8");
  }

  /// As in small images.
  @ParameterizedTest
  @CsvSource({
    "'', C.UTF-8",
    "LC_ALL=C, C.UTF-8",
    "LANG=POSIX, C.UTF-8",
    "LC_ALL=de_DE.ISO-8859-1, C.UTF-8",
    "LC_ALL=C LANG=de_DE.UTF-8, C.UTF-8",
    "LANG=de_DE.UTF-8, (unset)",
    "LC_CTYPE=en_US.utf8, (unset)",
    "LC_ALL=C.utf8, C.utf8"
  })
  void without_a_locale_command_the_names_of_locales_tell(String locale, String expected)
      throws Exception {
    Map<String, String> environment = environment(locale);
    environment.put("PATH", folder.toString());
    assertThat(lcAll(environment)).isEqualTo(expected);
  }

  /// The candidates that are tried first are missing; what `locale -a` lists is tried, too.
  @ParameterizedTest
  @ValueSource(strings = {"de_DE.utf8", "ja_JP.UTF-8"})
  void a_machine_with_one_locale_of_utf_8_gets_that(String only) throws Exception {
    assertThat(lcAll(withLocales(only))).isEqualTo(only);
  }

  @Test
  void a_machine_without_any_stays_as_it_is() throws Exception {
    assertThat(lcAll(withLocales("de_DE.ISO-8859-1"))).isEqualTo("C");
  }

  /// Where C is in force and there is one locale besides.
  private Map<String, String> withLocales(String only) throws IOException {
    Path locale = folder.resolve("locale");
    Files.writeString(
        locale,
        """
        #!/bin/sh
        case "$1$LC_ALL" in
          charmap%1$s) echo '%2$s' ;;
          charmap*) echo ANSI_X3.4-1968 ;;
          -a*) printf 'C\\nPOSIX\\n%1$s\\n' ;;
        esac
        """
            .formatted(
                only,
                only.toLowerCase(java.util.Locale.ROOT).contains("utf") ? "UTF-8" : "ISO-8859-1"));
    Files.setPosixFilePermissions(locale, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment = environment("LC_ALL=C");
    environment.put("PATH", folder + ":" + System.getenv("PATH"));
    return environment;
  }

  private static Map<String, String> environment(String settings) {
    Map<String, String> environment = new HashMap<>();
    for (String setting : settings.split(" ", -1)) {
      if (!setting.isEmpty()) {
        int equals = setting.indexOf('=');
        environment.put(setting.substring(0, equals), setting.substring(equals + 1));
      }
    }
    return environment;
  }

  private String lcAll(Map<String, String> environment) throws Exception {
    return settled(environment, "echo \"${LC_ALL-" + UNSET + "}\"");
  }

  /// What `command` prints after the locale was settled; nothing else may be said.
  private String settled(Map<String, String> environment, String command) throws Exception {
    String script = "set -u; . '" + SCRIPT + "'; settle_locale && " + command;
    ProcessBuilder builder = new ProcessBuilder(List.of("/bin/sh", "-c", script));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said.strip();
  }
}
