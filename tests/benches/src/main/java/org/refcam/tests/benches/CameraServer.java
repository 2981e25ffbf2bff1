// SPDX-License-Identifier: Apache-2.0
package org.refcam.tests.benches;

import java.io.IOException;
import java.util.List;
import org.refcam.tests.harness.CameraProcess;
import org.refcam.tests.harness.Rest;
import org.refcam.tests.harness.RtspClient;

/** The camera as a user starts it, with both doors open. */
final class CameraServer implements Server {
  private final CameraProcess camera;
  private Rest.Credentials viewer = new Rest.Credentials("", "");

  private CameraServer(CameraProcess camera) {
    this.camera = camera;
  }

  /**
   * @param source as {@code --source} takes it
   */
  static CameraServer start(String source) throws IOException {
    CameraServer server = startWithoutOwner(source);
    try {
      server.setUp();
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** In factory state: {@link #connect} is refused until {@link #setUp}. */
  static CameraServer startWithoutOwner(String source) throws IOException {
    return new CameraServer(
        CameraProcess.start(List.of("--source", source, "--plain-rtsp-port", "0")));
  }

  /** Ends the set-up, makes the viewers' credential and returns the owner's session. */
  Rest setUp() throws IOException {
    Rest owner = camera.setUp();
    viewer = owner.createClient("bench", "viewer");
    return owner;
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
