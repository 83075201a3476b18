package io.onex.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A data folder that an earlier build left behind, with what that build said of it;
/// `server/src/test/golden/README.md` tells how one is made.
record GoldenFolder(String name, JsonNode expected) {
  private static final Path GOLDEN = Path.of("src/test/golden");

  static GoldenFolder of(String name) throws IOException {
    return new GoldenFolder(
        name, new ObjectMapper().readTree(GOLDEN.resolve(name + ".json").toFile()));
  }

  /// Lays the folder out.
  void unpack(Path data) throws IOException {
    try (InputStream in = Files.newInputStream(GOLDEN.resolve(name + ".zip"));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = data.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.write(file, zip.readAllBytes());
        }
      }
    }
  }

  /// What the status said of a destination just before the build was killed.
  JsonNode destination(String destination) {
    for (JsonNode one : expected.at("/status/destinations")) {
      if (one.get("name").asText().equals(destination)) {
        return one;
      }
    }
    throw new AssertionError("no destination " + destination + " in " + name);
  }
}
