package io.onex.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.config.ConfigLoader;
import io.onex.config.Field;
import io.onex.delivery.Integration;
import io.onex.delivery.IntegrationCatalog;
import io.onex.delivery.IntegrationFactory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Notices what is forgotten when an integration is added.
class IntegrationCatalogTest {
  private static final Path SOURCES = Path.of("src/main/java/io/onex/integration");
  private static final Path TESTS = Path.of("src/test/java/io/onex/integration");
  private static final Path PAGES = Path.of("../docs/reference/integrations");

  @Test
  void every_package_has_a_factory_that_is_registered() throws IOException {
    List<String> registered =
        factories().map(factory -> factory.getClass().getPackageName()).toList();
    try (Stream<Path> packages = Files.list(SOURCES)) {
      assertThat(registered)
          .containsExactlyInAnyOrderElementsOf(
              packages
                  .filter(Files::isDirectory)
                  .map(folder -> "io.onex.integration." + folder.getFileName())
                  .toList());
    }
  }

  @ParameterizedTest
  @MethodSource("factories")
  void every_kind_has_a_page_that_explains_each_setting(IntegrationFactory factory)
      throws IOException {
    String page = Files.readString(PAGES.resolve(factory.kind().name() + ".md"));

    assertThat(factory.kind().settings().all())
        .extracting(Field::name)
        .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
    assertThat(page)
        .contains(
            "## Settings", "## What is sent", "## What is confirmed", "## Limits", "## Errors");
  }

  @ParameterizedTest
  @MethodSource("factories")
  void every_kind_passes_the_contract_in_its_package(IntegrationFactory factory)
      throws IOException {
    String name = factory.getClass().getPackageName().replaceFirst(".*\\.", "");
    boolean found = false;
    try (DirectoryStream<Path> tests =
        Files.newDirectoryStream(TESTS.resolve(name), "*Test.java")) {
      for (Path test : tests) {
        found |= Files.readString(test).contains("implements IntegrationContract");
      }
    }
    assertThat(found).as("a test in %s that implements IntegrationContract", name).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          elk        | 'logstash_url: http://h:8080'
          elk        | 'elasticsearch_url: https://h:9200/es/\nusername: u\npassword: p'
          elk        | 'elasticsearch_url: https://h:9200\napi_key: k\ngzip: true'
          elk        | 'logstash_url: http://h:8080\nelasticsearch_url: http://h:9200'
          zipkin     | 'url: http://h:9411'
          jaeger     | 'endpoint: https://h:9411'
          jaeger     | 'agent_host: h\nagent_port: 6831'
          prometheus | 'endpoint: http://h:9090\npush_gateway: http://h:9091'
          prometheus | '{}'
          """)
  void settings_make_an_integration(String kind, String yaml) {
    assertThatCode(() -> create(kind, yaml).close()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          elk        | '{}'                                                     | logstash_url
          elk        | 'elasticsearch_url: http://h\nusername: u'               | come together
          elk        | 'elasticsearch_url: http://h\nusername: u\napi_key: k'   | not both
          elk        | 'elasticsearch_url: http://h\nindex_prefix: Onex'        | lower case
          elk        | 'elasticsearch_url: http://u:hunter2@h'                  | credentials
          elk        | 'logstash_url: ftp://h'                                  | http://
          zipkin     | '{}'                                                     | required
          jaeger     | '{}'                                                     | give endpoint
          jaeger     | 'agent_host: h\nendpoint: http://h'                       | not both
          zipkin     | 'zipkin_url: http://h'                                   | is now called
          prometheus | 'push_gateway: http://h/?token=hunter2'                  | before '?'
          """)
  void settings_that_do_not_go_together_are_refused_with_the_reason(
      String kind, String yaml, String reason) {
    assertThatThrownBy(() -> create(kind, yaml).close())
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("hunter2");
  }

  private static Integration create(String kind, String yaml) throws Exception {
    IntegrationFactory factory = IntegrationCatalog.load().find(kind).orElseThrow();
    return factory.create(
        ConfigLoader.section(factory.kind().settings(), yaml.replace("\\n", "\n")),
        Services.plain());
  }

  private static Stream<IntegrationFactory> factories() {
    return IntegrationCatalog.load().factories().stream();
  }
}
