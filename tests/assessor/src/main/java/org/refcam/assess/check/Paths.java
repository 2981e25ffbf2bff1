// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.util.List;

/** Where cameras are known to keep pictures, streams and settings. */
final class Paths {
  /** Stills and motion JPEG over HTTP. */
  static final List<String> SNAPSHOTS =
      List.of(
          "/api/v1/snapshot/main",
          "/snapshot.jpg",
          "/snapshot",
          "/snap.jpg",
          "/image.jpg",
          "/image/jpeg.cgi",
          "/jpg/image.jpg",
          "/cgi-bin/snapshot.cgi",
          "/ISAPI/Streaming/channels/101/picture",
          "/onvif/snapshot",
          "/onvif-http/snapshot?Profile_1",
          "/webcapture.jpg",
          "/tmpfs/auto.jpg",
          "/shot.jpg",
          "/still.jpg",
          "/video.mjpg",
          "/mjpg/video.mjpg",
          "/stream.mjpg",
          "/video",
          "/stream",
          "/live.flv",
          "/?action=snapshot",
          "/",
          "/1/stream",
          "/1/current",
          "/axis-cgi/jpg/image.cgi",
          "/axis-cgi/mjpg/video.cgi",
          "/cgi-bin/mjpg/video.cgi?subtype=1");

  /** Streams over RTSP. */
  static final List<String> STREAMS =
      List.of(
          "/main",
          "/sub",
          "/",
          "/live",
          "/live.sdp",
          "/stream",
          "/stream1",
          "/stream0",
          "/h264",
          "/test",
          "/video",
          "/media.mp4",
          "/cam/realmonitor?channel=1&subtype=0",
          "/Streaming/Channels/101",
          "/onvif1",
          "/profile1",
          "/axis-media/media.amp",
          "/11",
          "/live/ch00_0",
          "/ch0_0.h264",
          "/cam0_0");

  /** Settings, backups and files that nobody should get before signing in. */
  static final List<String> SETTINGS =
      List.of(
          "/config",
          "/config.json",
          "/backup",
          "/system.ini",
          "/cgi-bin/config.cgi",
          "/get_params.cgi",
          "/cgi-bin/admin/param.cgi?action=list",
          "/ISAPI/System/deviceInfo",
          "/ISAPI/Security/users",
          "/device.rsp?opt=user&cmd=list",
          "/etc/passwd",
          "/proc/self/environ",
          "/.git/config",
          "/.env",
          "/logs",
          "/log.txt",
          "/debug",
          "/actuator/env",
          "/api/users",
          "/api/config",
          "/users.json",
          "/0/config/list");

  private Paths() {}
}
