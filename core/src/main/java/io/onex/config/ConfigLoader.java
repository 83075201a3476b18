package io.onex.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads configuration files for the kinds of integration a build has. Immutable.
///
/// Everything that is wrong is reported in one go, with file, line and path.
public final class ConfigLoader {
  /// Larger files are no configurations.
  private static final int MAX_BYTES = 4 << 20;

  private final GatewayFields gateway;
  private final Function<String, Optional<String>> environment;

  /// @param environment variable to value, such as `name ->
  ///   Optional.ofNullable(System.getenv(name))`
  public ConfigLoader(KindCatalog catalog, Function<String, Optional<String>> environment) {
    this.gateway = new GatewayFields(catalog);
    this.environment = environment;
  }

  /// Reads a file, again and again if need be: it and what it refers to must be files, which do not
  /// block. A file that cannot be read is a problem like any other.
  public Loaded load(Path file) {
    return load(file, TextFiles.REGULAR);
  }

  /// Reads a file for the first time: it and what it refers to may be pipes, too, which give what
  /// they have once.
  public Loaded loadFirst(Path file) {
    return load(file, TextFiles.ANY);
  }

  private Loaded load(Path file, TextFiles files) {
    String name = file.toString();
    try {
      Path parent = file.toAbsolutePath().getParent();
      return read(
          name,
          files.read(file, MAX_BYTES),
          new Substitution(
              environment,
              parent == null ? file.toAbsolutePath() : parent,
              new LinkedHashSet<>(),
              files));
    } catch (StackOverflowError e) {
      return unreadable(name, YamlTree.TOO_DEEP);
    } catch (CharacterCodingException e) {
      return unreadable(name, "the file is not UTF-8 text");
    } catch (IOException e) {
      return unreadable(name, "the file cannot be read: " + IoReason.of(e));
    }
  }

  /// What is used without a file.
  public GatewayConfig defaults() {
    return read("defaults", "{}", Path.of(""))
        .config()
        .orElseThrow(() -> new IllegalStateException("the defaults are not valid"));
  }

  /// Reads a document.
  ///
  /// @param name of the file, for messages
  /// @param folder `${file:PATH}` counts from it
  public Loaded read(String name, String text, Path folder) {
    return read(
        name,
        text,
        new Substitution(environment, folder, new LinkedHashSet<>(), TextFiles.REGULAR));
  }

  private Loaded read(String name, String text, Substitution substitution) {
    ConfigProblems problems = new ConfigProblems();
    ConfigNode root = new YamlTree(name, substitution, problems).read(text);
    if (root instanceof ConfigNode.Empty) {
      problems.error(
          root,
          "the file holds no settings: it is empty or only half written",
          "write \"integrations: {}\" when nothing is to be delivered anywhere");
    }
    ConfigTree tree = new ConfigTree(root);
    Optional<GatewayConfig> config = gateway.fields().read(root, problems).map(gateway::config);
    new CrossChecks(root, tree, problems).run();
    return new Loaded(
        problems.hasErrors() ? Optional.empty() : config,
        ReadableRouting.of(root),
        tree,
        problems.all(),
        Set.copyOf(substitution.files()));
  }

  /// Reads one mapping of settings by itself, as tests of integrations need it.
  ///
  /// @throws ConfigException when there is any error
  public static Section section(Fields fields, String yaml) throws ConfigException {
    ConfigProblems problems = new ConfigProblems();
    Substitution none = new Substitution(variable -> Optional.empty(), Path.of(""));
    ConfigNode root = new YamlTree("section", none, problems).read(yaml);
    return fields.read(root, problems).orElseThrow(() -> new ConfigException(problems.all()));
  }

  private static Loaded unreadable(String name, String message) {
    ConfigProblems problems = new ConfigProblems();
    Mark start = new Mark(name, 1, 1);
    problems.error(start, "", message, "");
    ConfigNode nothing = new ConfigNode.Empty(start, "");
    return new Loaded(
        Optional.empty(),
        ReadableRouting.of(nothing),
        new ConfigTree(nothing),
        problems.all(),
        Set.of());
  }
}
