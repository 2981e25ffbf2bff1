// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateFileTest {
  private static final String HEAD = "{\"format\":\"refcam-assess-update-files-1\",\"files\":[";

  @TempDir Path folder;

  private List<UpdateFile> read(String manifest) throws IOException {
    Files.writeString(folder.resolve("manifest.json"), manifest);
    return UpdateFile.read(folder);
  }

  @Test
  void read_offersTheOlderOneLast() throws Exception {
    Files.writeString(folder.resolve("a.swu"), "a");
    assertThat(
            read(
                HEAD
                    + "{\"file\":\"a.swu\",\"kind\":\"older\"},"
                    + "{\"file\":\"a.swu\",\"kind\":\"wrong-signature\"}]}"))
        .extracting(UpdateFile::kind)
        .containsExactly(UpdateFile.Kind.WRONG_SIGNATURE, UpdateFile.Kind.OLDER);
  }

  @Test
  void read_badManifest_refused() throws Exception {
    Files.writeString(folder.resolve("a.swu"), "a");
    for (String bad :
        List.of(
            "",
            "nonsense",
            "{}",
            HEAD + "]}",
            HEAD + "{\"file\":\"a.swu\",\"kind\":\"good\"}]}",
            HEAD + "{\"file\":\"../a.swu\",\"kind\":\"older\"}]}",
            HEAD + "{\"file\":\"b.swu\",\"kind\":\"older\"}]}")) {
      assertThatThrownBy(() -> read(bad)).as(bad).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> UpdateFile.read(folder.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no manifest");
  }
}
