// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.util.List;
import org.refcam.encode.PrivacyMask;
import org.refcam.onvif.PictureControl;
import org.refcam.web.CameraSettings;
import org.refcam.web.SettingsStore;

/** Masks and clock, which are the owner's settings: ONVIF and the page change the same ones. */
final class OnvifPictures implements PictureControl {
  private final SettingsStore settings;

  OnvifPictures(SettingsStore settings) {
    this.settings = settings;
  }

  @Override
  public List<PrivacyMask> masks() {
    return settings.current().masks().stream()
        .map(mask -> new PrivacyMask(mask.x(), mask.y(), mask.width(), mask.height()))
        .toList();
  }

  @Override
  public synchronized void masks(List<PrivacyMask> masks) throws IOException {
    List<CameraSettings.Mask> wanted =
        masks.stream()
            .map(mask -> new CameraSettings.Mask(mask.x(), mask.y(), mask.width(), mask.height()))
            .toList();
    settings.save(settings.current().withMasks(wanted));
  }

  @Override
  public boolean clock() {
    return settings.current().clockOverlay();
  }

  @Override
  public synchronized void clock(boolean shown) throws IOException {
    settings.save(settings.current().withClockOverlay(shown));
  }
}
