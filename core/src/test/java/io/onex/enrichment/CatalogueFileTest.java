package io.onex.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueFileTest {
  @TempDir private Path folder;

  @Test
  void another_content_is_read_also_when_size_and_time_are_as_they_were() throws Exception {
    Path path = Files.writeString(folder.resolve("nodes.csv"), "node_id,team\na,red\n");
    CatalogueFile file = new CatalogueFile(path);
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Changed.class);
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Unchanged.class);
    FileTime time = Files.getLastModifiedTime(path);
    Files.writeString(path, "node_id,team\na,tan\n");
    Files.setLastModifiedTime(path, time);
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Changed.class);
  }

  @Test
  void what_cannot_be_read_is_said_once_and_what_comes_back_is_read() throws Exception {
    Path path = folder.resolve("nodes.csv");
    CatalogueFile file = new CatalogueFile(path);
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Broken.class);
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Unchanged.class);
    Files.createDirectory(path);
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Broken.class);
    Files.delete(path);
    Files.writeString(path, "node_id,team\na,red\n");
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Changed.class);
    Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Broken.class);
    assertThat(file.look()).isInstanceOf(CatalogueFile.Look.Unchanged.class);
  }
}
