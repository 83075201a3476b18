package io.onex.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onex.telemetry.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
  @TempDir private Path folder;
  private final Set<Path> closed = new HashSet<>();
  private final Obstacles obstacles =
      new Obstacles("test", new Telemetry().counter("onex_gateway_test_total", "Test.", Map.of()));

  @ParameterizedTest(name = "{0} finds {2} of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "*.log            | a.log b.log c.txt            | a.log b.log",
        "?.log            | a.log ab.log é.log           | a.log é.log",
        "[ab].log         | a.log b.log c.log            | a.log b.log",
        "[!ab].log        | a.log c.log                  | c.log",
        "[^ab].log        | a.log c.log                  | c.log",
        "[a-c].log        | b.log d.log                  | b.log",
        "[]x].log         | ].log x.log y.log            | ].log x.log",
        "[[:digit:]].log  | 1.log a.log                  | 1.log",
        "app-[0-9]*       | app-1 app-12.log app-x       | app-1 app-12.log",
        "[a.log           | [a.log a.log                 | [a.log",
        "a\\*.log         | a*.log ab.log                | a*.log",
        "{a,b}.log        | a.log b.log c.log            | a.log b.log",
        "{a}.log          | a.log {a}.log                | {a}.log",
        "{x/a,y/b}.log    | x/a.log y/b.log x/b.log      | x/a.log y/b.log",
        "a{b,{c,d}}.log   | ab.log ac.log ad.log a.log   | ab.log ac.log ad.log",
        "**/*.log         | t.log s/o.log s/d/w.log      | s/d/w.log s/o.log t.log",
        "s/**/w.log       | s/w.log s/d/w.log w.log      | s/d/w.log s/w.log",
        "**               | t.log s/o.log                | s/o.log t.log",
        "**/s/**/*.log    | s/o.log a/s/b/c.log t.log    | a/s/b/c.log s/o.log",
        "x**y             | xy x1y x/y                   | x1y xy",
        "*                | a .hidden b~ #c# d.swp 4913  | a",
        "**/*             | a .h/a h/.a                  | a",
        ".*               | a .hidden                    | .hidden",
        "*~               | a b~                         | b~",
        "*.swp            | d.swp                        | d.swp",
        ".h/*             | .h/a                         | .h/a",
        "./s/../a.log     | a.log s/a.log                | a.log",
        "a.log/           | a.log                        | a.log",
      })
  void a_pattern_finds_what_a_shell_finds(String pattern, String there, String found)
      throws IOException {
    for (String name : there.split(" ", -1)) {
      write(name);
    }
    assertThat(found(pattern)).containsExactly(found.split(" ", -1));
  }

  @Test
  void whatever_the_tree_and_the_pattern_bash_agrees() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String[] names = {
      "a", "b.log", "ab.log", ".h", "é", "[x]", "a b", "b\n", "a\u202e", "-r", "$x"
    };
    for (int tree = 0; tree < 4; tree++) {
      Path root = Files.createDirectory(folder.resolve("tree" + tree));
      for (int i = 0; i < 40; i++) {
        StringBuilder path = new StringBuilder("top");
        for (int depth = random.nextInt(4); depth > 0; depth--) {
          path.append('/').append('d').append(names[random.nextInt(names.length)]);
        }
        Path directory = Files.createDirectories(root.resolve(path.toString()));
        byte[] name = names[random.nextInt(names.length)].getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(8) == 0) {
          name = new byte[] {'a', (byte) 0xe9, '.', 'l'};
        }
        Files.write(RawPath.child(directory, name), new byte[0]);
      }
      List<String> patterns = new ArrayList<>();
      String[] parts = {
        "*", "d*", "**", "?*", "[ad]*", "*.l*", "db.log", "[!d]*", "*[[:alpha:]]", "**", "a"
      };
      for (int i = 0; i < 60; i++) {
        StringBuilder pattern = new StringBuilder("top");
        for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
          pattern.append('/').append(parts[random.nextInt(parts.length)]);
        }
        patterns.add(pattern.toString());
      }
      List<Set<String>> wanted = bash(root, patterns);
      for (int i = 0; i < patterns.size(); i++) {
        assertThat(foundBelow(root, patterns.get(i)))
            .as("seed %d: %s", seed, patterns.get(i))
            .isEqualTo(wanted.get(i));
      }
    }
  }

  @Test
  void links_are_followed_and_a_circle_of_them_ends() throws IOException {
    write("s/a.log");
    write("elsewhere/deep/b.log");
    Files.createSymbolicLink(folder.resolve("s/self"), folder.resolve("s"));
    Files.createSymbolicLink(folder.resolve("s/up"), folder);
    Files.createSymbolicLink(folder.resolve("s/other"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(
        folder.resolve("s/linked.log"), folder.resolve("elsewhere/deep/b.log"));
    Files.createSymbolicLink(folder.resolve("s/nowhere.log"), folder.resolve("gone"));
    Files.createSymbolicLink(folder.resolve("s/loop1"), folder.resolve("s/loop2"));
    Files.createSymbolicLink(folder.resolve("s/loop2"), folder.resolve("s/loop1"));
    Set<String> keys = new TreeSet<>();
    PatternWalk walk = new PatternWalk(new DiskTree(), obstacles);
    List<PatternWalk.Found> found = walk.files(new PathPattern(folder + "/s/**/*.log"));
    found.forEach(file -> keys.add(file.facts().key()));
    assertThat(keys).hasSize(2);
    assertThat(found).hasSizeLessThan(8);
  }

  @Test
  void a_folder_that_may_not_be_read_hides_only_itself_and_is_named_once() throws IOException {
    write("in/a/app.log");
    write("in/denied/app.log");
    write("in/z/app.log");
    closed.add(folder.resolve("in/denied"));
    for (String pattern : List.of("in/*/*.log", "in/**/*.log", "**/app.log")) {
      assertThat(found(pattern)).containsExactly("in/a/app.log", "in/z/app.log");
      assertThat(obstacles.count()).isEqualTo(1);
    }
    closed.clear();
    assertThat(found("in/*/*.log"))
        .containsExactly("in/a/app.log", "in/denied/app.log", "in/z/app.log");
    obstacles.endOfLook();
    found("in/*/*.log");
    obstacles.endOfLook();
    assertThat(obstacles.count()).isZero();
  }

  @Test
  void names_of_any_bytes_are_found_and_come_back_from_their_text() throws IOException {
    byte[][] names = {
      {'a', '\n', 'b'},
      {(byte) 0xe9},
      {(byte) 0xff, (byte) 0xfe},
      {0x1b, '[', '2', 'J'},
      {'%', '4', '1'},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {' '},
      {'"'},
      {'\\', 'x'},
      "café".getBytes(StandardCharsets.UTF_8),
      {(byte) 0xef, (byte) 0xbf, (byte) 0xbd},
      "\u202e".getBytes(StandardCharsets.UTF_8)
    };
    for (byte[] name : names) {
      Path path = RawPath.child(folder, name);
      Files.write(path, new byte[] {1});
      assertThat(RawPath.name(path)).isEqualTo(name);
      byte[] whole = RawPath.bytes(path);
      assertThat(RawPath.of(RawPath.decoded(RawPath.encoded(whole)))).isEqualTo(path);
      assertThat(RawPath.encoded(whole)).matches("[!-~]+");
      assertThat(RawPath.printable(path)).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }
    assertThat(new PatternWalk(new DiskTree(), obstacles).files(new PathPattern(folder + "/*")))
        .hasSize(names.length);
  }

  @Test
  void braces_that_stand_for_too_much_are_refused() {
    assertThatThrownBy(() -> new PathPattern("/{a,b}".repeat(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("256");
  }

  private List<String> found(String pattern) {
    return List.copyOf(foundBelow(folder, pattern));
  }

  private Set<String> foundBelow(Path root, String pattern) {
    PatternWalk walk = new PatternWalk(new ClosedFolders(), obstacles);
    return walk.files(new PathPattern(root + "/" + pattern)).stream()
        .map(file -> RawPath.printable(file.path()).substring(root.toString().length() + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Set<String>> bash(Path root, List<String> patterns) throws Exception {
    String script =
        "shopt -s globstar nullglob; IFS=; while read -r p; do for f in $p; do [ -f \"$f\" ] &&"
            + " printf '%s\\0' \"$f\"; done; printf '\\0'; done";
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(root.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process
        .getOutputStream()
        .write((String.join("\n", patterns) + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    byte[] out = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    List<Set<String>> found = new ArrayList<>();
    Set<String> now = new TreeSet<>();
    int start = 0;
    for (int i = 0; i < out.length; i++) {
      if (out[i] == 0) {
        if (i == start) {
          found.add(now);
          now = new TreeSet<>();
        } else {
          now.add(RawPath.printable(java.util.Arrays.copyOfRange(out, start, i)));
        }
        start = i + 1;
      }
    }
    return found;
  }

  private void write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x\n");
  }

  /// The disk, with some folders that may not be listed, whoever runs the test.
  private final class ClosedFolders implements FileTree {
    private final DiskTree disk = new DiskTree();

    @Override
    public List<Path> list(Path path) throws IOException {
      if (closed.contains(path)) {
        throw new AccessDeniedException(path.toString());
      }
      return disk.list(path);
    }

    @Override
    public FileFacts facts(Path path) throws IOException {
      if (closed.contains(path.getParent())) {
        throw new AccessDeniedException(path.toString());
      }
      return disk.facts(path);
    }

    @Override
    public Open open(Path path) throws IOException {
      return disk.open(path);
    }
  }
}
