// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.refcam.erase.DeviceErase;
import org.refcam.erase.DoomedKey;
import org.refcam.erase.EraseFacts;
import org.refcam.erase.EraseTime;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.KeyHierarchy;
import org.refcam.keys.RootOfTrust;
import org.refcam.storage.FileWrites;

/**
 * What every erasure of this device is made of. Immutable.
 *
 * @param model the board's name
 */
record EraseParts(
    Path data,
    KeyHierarchy keys,
    DeviceIdentity identity,
    String model,
    FileWrites writes,
    Clock clock,
    SecureRandom random) {

  /** Recordings die first: their slot alone makes footage unreadable. */
  DeviceErase device() throws IOException {
    return new DeviceErase(
        data,
        List.of(recordings(), new DoomedKey(RootOfTrust.VAULT_ROOT, keys.vaultRoot())),
        this::facts,
        new EraseSigning(identity),
        writes,
        this::time,
        random);
  }

  DoomedKey recordings() throws IOException {
    return new DoomedKey(RootOfTrust.RECORDINGS, keys.recordings());
  }

  EraseFacts facts() {
    return new EraseFacts(
        model,
        Main.version(),
        keys.assuranceLevel().word(),
        SystemMedium.of(data),
        SystemMedium.swap());
  }

  EraseTime time() {
    return new EraseTime(clock.instant(), SystemTime.quality().word());
  }
}
