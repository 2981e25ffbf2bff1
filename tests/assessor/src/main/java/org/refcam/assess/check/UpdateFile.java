// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One update file that a subject must refuse.
 *
 * @param kind why it must
 */
public record UpdateFile(Path file, Kind kind) {
  private static final int FILES_MAX = 20;
  private static final long BYTES_MAX = 128L << 20;
  private static final int MANIFEST_MAX = 64 << 10;
  private static final String FORMAT = "refcam-assess-update-files-1";

  /** Why a file must be refused; the order is that in which files are offered. */
  public enum Kind {
    /** Well formed, signed by a key that the subject has no reason to trust. */
    WRONG_SIGNATURE,
    /** The maker's own, with some bytes changed. */
    TAMPERED,
    /** The maker's own, without its signature. */
    UNSIGNED,
    /** The maker's own, older than what the subject must not go back behind. */
    OLDER;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads {@code manifest.json}: {@code {"format": "refcam-assess-update-files-1", "files":
   * [{"file": NAME, "kind": "wrong-signature|tampered|unsigned|older"}]}}. At most 20 files within
   * the folder, of at most 128 MiB each.
   *
   * @throws IOException in one line, if a file is missing or the manifest is another
   */
  public static List<UpdateFile> read(Path folder) throws IOException {
    Path manifest = folder.resolve("manifest.json");
    if (!Files.isRegularFile(manifest) || Files.size(manifest) > MANIFEST_MAX) {
      throw new IOException(manifest + " is no manifest of update files");
    }
    JsonNode root = parse(manifest);
    JsonNode list = root.path("files");
    if (!root.path("format").asText().equals(FORMAT) || list.isEmpty() || list.size() > FILES_MAX) {
      throw new IOException(manifest + " is not of the format " + FORMAT);
    }
    List<UpdateFile> files = new ArrayList<>();
    for (JsonNode one : list) {
      String name = one.path("file").asText();
      Path file = folder.resolve(name);
      if (!name.matches("[A-Za-z0-9._-]{1,100}")
          || !Files.isRegularFile(file)
          || Files.size(file) > BYTES_MAX) {
        throw new IOException(
            manifest + " names " + name + ", which is no file that can be offered");
      }
      files.add(new UpdateFile(file, kind(one.path("kind").asText(), manifest)));
    }
    files.sort(java.util.Comparator.comparing(UpdateFile::kind));
    return files;
  }

  private static JsonNode parse(Path manifest) throws IOException {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(manifest));
    } catch (JsonProcessingException e) {
      throw new IOException(manifest + " is no JSON", e);
    }
  }

  private static Kind kind(String word, Path manifest) throws IOException {
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IOException(manifest + " has a kind " + word);
  }
}
