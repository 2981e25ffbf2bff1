// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.refcam.keys.CorruptStoreException;
import org.refcam.keys.SealedFile;

/**
 * Which clips lie at the destination, in a sealed file. What is written there is known to be there;
 * what was stored just before power failed may be missing, and is then stored again under the same
 * name. Confined to the copying thread.
 */
final class CopyLedger {
  /** More than a vault holds: 16 days of clips of one minute, of two streams. */
  static final int MOST = 50_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The file's contents.
   *
   * @param place which destination they are about
   */
  record Contents(String place, List<String> copied) {}

  private final SealedFile file;
  private String place = "";
  private Set<String> copied = new LinkedHashSet<>();

  /**
   * @throws IOException if the file is there but cannot be trusted
   */
  CopyLedger(SealedFile file) throws IOException {
    this.file = file;
    Optional<byte[]> bytes = file.read();
    if (bytes.isPresent()) {
      try {
        Contents contents = JSON.readValue(bytes.get(), Contents.class);
        place = contents.place();
        copied = new LinkedHashSet<>(contents.copied());
      } catch (JacksonException e) {
        throw new CorruptStoreException(CorruptStoreException.Reason.BAD_CONTENTS, file.path(), e);
      }
    }
  }

  /** Starts anew if copies now go to another place; what lies at the former one stays there. */
  void place(String now) throws IOException {
    if (!now.equals(place)) {
      place = now;
      copied.clear();
      save();
    }
  }

  boolean contains(String clip) {
    return copied.contains(clip);
  }

  int size() {
    return copied.size();
  }

  /** Copied clips that are not among these, in the order in which they were copied. */
  List<String> without(Set<String> present) {
    return copied.stream().filter(clip -> !present.contains(clip)).toList();
  }

  void add(String clip) throws IOException {
    copied.add(clip);
    save();
  }

  void remove(String clip) throws IOException {
    copied.remove(clip);
    save();
  }

  private void save() throws IOException {
    file.write(JSON.writeValueAsBytes(new Contents(place, List.copyOf(copied))));
  }
}
