// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.refcam.keys.CorruptStoreException;
import org.refcam.keys.SealedFile;

/**
 * One record of the camera's state as JSON in a sealed file; a change takes effect once it is on
 * disk. Guarded by its monitor.
 */
final class SealedJson<T> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SealedFile file;
  private final Consumer<T> effect;
  private T current;

  /**
   * @param effect acts on the value in force, at once and after each change
   * @throws IOException if the file is there but cannot be trusted
   */
  SealedJson(SealedFile file, Class<T> type, T initial, Consumer<T> effect) throws IOException {
    this.file = file;
    this.effect = effect;
    Optional<byte[]> bytes = file.read();
    try {
      current = bytes.isPresent() ? JSON.readValue(bytes.get(), type) : initial;
    } catch (JacksonException e) {
      throw new CorruptStoreException(CorruptStoreException.Reason.BAD_CONTENTS, file.path(), e);
    }
    effect.accept(current);
  }

  synchronized T current() {
    return current;
  }

  synchronized void save(T changed) throws IOException {
    file.write(JSON.writeValueAsBytes(changed));
    current = changed;
    effect.accept(changed);
  }
}
