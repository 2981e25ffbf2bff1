// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.refcam.keys.SealedFile;
import org.refcam.web.CameraSettings;
import org.refcam.web.SettingsStore;

/**
 * The owner's settings as sealed JSON; a change takes effect once it is on disk. Guarded by its
 * monitor.
 */
final class SealedSettings implements SettingsStore {
  private final SealedFile file;
  private final ObjectMapper json = new ObjectMapper();
  private Consumer<CameraSettings> effect = settings -> {};
  private CameraSettings current;

  /**
   * @throws IOException if the file is there but cannot be trusted
   */
  SealedSettings(SealedFile file) throws IOException {
    this.file = file;
    Optional<byte[]> bytes = file.read();
    current =
        bytes.isPresent()
            ? json.readValue(bytes.get(), CameraSettings.class)
            : CameraSettings.DEFAULT;
  }

  /** Names who acts on settings, and lets them act on those in force. */
  synchronized void onChange(Consumer<CameraSettings> listener) {
    effect = listener;
    listener.accept(current);
  }

  @Override
  public synchronized CameraSettings current() {
    return current;
  }

  @Override
  public synchronized void save(CameraSettings settings) throws IOException {
    file.write(json.writeValueAsBytes(settings));
    current = settings;
    effect.accept(settings);
  }
}
