// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.util.List;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;
import org.refcam.tests.harness.RtspClient;

/** The camera as a user starts it, set up, with both doors open. */
final class CameraServer implements Server {
  private final CameraProcess camera;
  private final Rest.Credentials viewer;

  private CameraServer(CameraProcess camera, Rest.Credentials viewer) {
    this.camera = camera;
    this.viewer = viewer;
  }

  /**
   * @param source as {@code --source} takes it
   */
  static CameraServer start(String source) throws IOException {
    CameraProcess camera =
        CameraProcess.start(List.of("--source", source, "--plain-rtsp-port", "0"));
    try {
      return new CameraServer(camera, camera.setUp().createClient("bench", "viewer"));
    } catch (IOException e) {
      camera.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "RefCam";
  }

  @Override
  public long pid() {
    return camera.pid();
  }

  @Override
  public RtspClient connect(boolean tls) throws IOException {
    RtspClient client =
        tls ? camera.rtsp() : RtspClient.connectPlain(camera.ready().path("plainRtspPort").asInt());
    return client.as(viewer);
  }

  @Override
  public void close() {
    camera.close();
  }
}
