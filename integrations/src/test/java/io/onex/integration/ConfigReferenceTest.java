package io.onex.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.onex.config.ConfigLoader;
import io.onex.config.ConfigReference;
import io.onex.config.ConfigSchema;
import io.onex.config.KindCatalog;
import io.onex.delivery.IntegrationCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keeps the published schema and reference page equal to the declared settings. After a setting
/// was changed, run this test once with `-Donex.docs.update=true` and look at the difference.
class ConfigReferenceTest {
  private static final Path SCHEMA = Path.of("../docs/reference/config.schema.json");
  private static final Path PAGE = Path.of("../docs/reference/config.md");
  private static final String BEGIN = "<!-- settings: begin -->\n";
  private static final String END = "<!-- settings: end -->\n";

  private final KindCatalog kinds = IntegrationCatalog.load().kinds();

  @Test
  void the_published_schema_is_that_of_the_declared_settings() throws IOException {
    check(SCHEMA, ConfigSchema.of(kinds));
  }

  @Test
  void the_reference_page_lists_the_declared_settings() throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    String tables = ConfigReference.of(kinds).replaceAll("(?m)^#", "##");

    check(PAGE, page.substring(0, from) + tables + page.substring(page.indexOf(END)));
  }

  @Test
  void the_example_of_the_page_loads_without_a_warning_and_meets_the_schema(@TempDir Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(folder.resolve("secrets/search-password"), "not-a-real-one\n");
    String page = Files.readString(PAGE);
    int from = page.indexOf("```yaml\n") + "```yaml\n".length();
    String example = page.substring(from, page.indexOf("```\n", from));

    assertThat(
            new ConfigLoader(kinds, name -> Optional.empty())
                .read("example", example, folder)
                .problems())
        .isEmpty();
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ConfigSchema.of(kinds), InputFormat.JSON)
                .validate(example, InputFormat.YAML))
        .isEmpty();
  }

  private static void check(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("onex.docs.update")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("%s is stale: run with -Donex.docs.update=true", file)
        .isEqualTo(expected);
  }
}
