// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.refcam.onvif.SensorControl;
import org.refcam.v4l2.Control;
import org.refcam.v4l2.ControlSurface;
import org.refcam.v4l2.V4l2Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controls of the camera that delivers pictures now, by a second descriptor of its node: the
 * first belongs to the capture thread. Safe from any thread.
 */
final class OnvifSensor implements SensorControl {
  private static final Logger log = LoggerFactory.getLogger(OnvifSensor.class);

  private final SourceKeeper source;
  private final SealedJson<OnvifSettings> settings;

  OnvifSensor(SourceKeeper source, SealedJson<OnvifSettings> settings) {
    this.source = source;
    this.settings = settings;
  }

  @Override
  public Optional<ControlSurface> open() throws IOException {
    Optional<Path> node = source.device();
    return node.isPresent() ? Optional.of(V4l2Device.open(node.get())) : Optional.empty();
  }

  @Override
  public void keep(Map<Integer, Long> values) throws IOException {
    settings.save(settings.current().withSensor(values));
  }

  /** Gives back to the driver's own values what clients have set; call before it is forgotten. */
  void reset() {
    Map<Integer, Long> kept = settings.current().sensor();
    if (kept.isEmpty()) {
      return;
    }
    try {
      Optional<ControlSurface> opened = open();
      if (opened.isPresent()) {
        try (ControlSurface surface = opened.get()) {
          for (int id : kept.keySet()) {
            Optional<Control> control = surface.control(id);
            if (control.isPresent()) {
              surface.write(control.get(), control.get().defaultValue());
            }
          }
        }
      }
    } catch (IOException e) {
      log.warn("the source keeps its settings until it is opened anew: {}", e.getMessage());
    }
  }
}
