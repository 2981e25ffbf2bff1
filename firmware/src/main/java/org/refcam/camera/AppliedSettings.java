// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.time.Duration;
import java.time.ZoneId;
import org.refcam.access.GuessLimiter;
import org.refcam.encode.PictureSettings;
import org.refcam.encode.PrivacyMask;
import org.refcam.web.CameraSettings;

/** The owner's settings in the words of those who act by them. Stateless. */
final class AppliedSettings {
  private AppliedSettings() {}

  static PictureSettings pictures(CameraSettings settings) {
    return new PictureSettings(
        settings.masks().stream()
            .map(mask -> new PrivacyMask(mask.x(), mask.y(), mask.width(), mask.height()))
            .toList(),
        settings.clockOverlay(),
        ZoneId.of(settings.timeZone()));
  }

  static GuessLimiter.Settings guesses(CameraSettings settings) {
    CameraSettings.GuessLimit limit = settings.guessLimit();
    return new GuessLimiter.Settings(
        limit.failures(),
        Duration.ofSeconds(limit.windowSeconds()),
        Duration.ofSeconds(limit.lockSeconds()));
  }
}
