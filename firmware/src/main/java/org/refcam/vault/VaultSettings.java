// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.refcam.crypto.AeadAlgorithm;

/**
 * How a vault works. Immutable.
 *
 * @param device the camera's serial number, bound into every chunk; 1 to 64 bytes of UTF-8
 * @param algorithm for segments written from now on; older ones name their own
 * @param fragment pictures that are sealed and synced together, and the most that power loss takes:
 *     up to 1 s
 */
public record VaultSettings(String device, AeadAlgorithm algorithm, Duration fragment) {
  /** The longest fragment. */
  public static final Duration LONGEST_FRAGMENT = Duration.ofSeconds(1);

  private static final int LONGEST_DEVICE = 64;

  /**
   * @throws IllegalArgumentException if the device's name or the fragment's duration is out of
   *     range
   */
  public VaultSettings {
    int length = device.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > LONGEST_DEVICE) {
      throw new IllegalArgumentException("a device's name of " + length + " bytes");
    }
    if (fragment.isNegative() || fragment.isZero() || fragment.compareTo(LONGEST_FRAGMENT) > 0) {
      throw new IllegalArgumentException("fragments of " + fragment);
    }
  }

  /** Fragments of a second, the cipher that this machine's processor does fastest. */
  public static VaultSettings of(String device) {
    return new VaultSettings(device, AeadAlgorithm.fastest(), LONGEST_FRAGMENT);
  }
}
