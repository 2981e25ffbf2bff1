// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.refcam.erase.EraseOrigin;
import org.refcam.erase.EraseRequest;
import org.refcam.web.RecordingSettings;
import org.refcam.web.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restart, erase and update as ONVIF asks for them. Safe from any thread. */
final class OnvifPower implements OnvifDevice.Power {
  private static final Logger log = LoggerFactory.getLogger(OnvifPower.class);
  private static final Duration FOR_THE_ANSWER = Duration.ofMillis(800);

  private final EraseRequest erase;
  private final CameraUpdates updates;
  private final RecordingDoor recordings;
  private final OnvifSensor sensor;
  private final boolean restartable;

  /**
   * @param restartable whether the launcher starts the camera again with the same source
   */
  OnvifPower(
      EraseRequest erase,
      CameraUpdates updates,
      RecordingDoor recordings,
      OnvifSensor sensor,
      boolean restartable) {
    this.erase = erase;
    this.updates = updates;
    this.recordings = recordings;
    this.sensor = sensor;
    this.restartable = restartable;
  }

  @Override
  public boolean restart() {
    if (restartable) {
      Thread restart = new Thread(OnvifPower::exit, "restart");
      restart.start();
    }
    return restartable;
  }

  private static void exit() {
    try {
      Thread.sleep(FOR_THE_ANSWER.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(RestartException.EXIT_CODE);
  }

  @Override
  public void eraseAll() throws IOException {
    erase.erase(EraseOrigin.ONVIF);
  }

  @Override
  public void usualSettings() throws IOException {
    recordings.save(RecordingSettings.DEFAULT);
    sensor.reset();
  }

  @Override
  public boolean upgrade(InputStream bundle) throws IOException {
    try {
      updates.upload(bundle);
      return true;
    } catch (RefusedException e) {
      log.info("a bundle that came by ONVIF is refused: {}", e.getMessage());
      return false;
    }
  }
}
