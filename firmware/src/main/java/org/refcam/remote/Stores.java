// SPDX-License-Identifier: Apache-2.0
package org.refcam.remote;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressHttp;
import org.refcam.egress.Limits;

/** Opens the store that settings name. */
@FunctionalInterface
public interface Stores {
  ObjectStore open(RemoteSettings settings) throws IOException;

  /** Over the network, within bounds: a part of an upload has five minutes, a session an hour. */
  static Stores over(Egress egress, Clock clock) {
    Duration connect = Duration.ofSeconds(20);
    Duration silence = Duration.ofSeconds(60);
    Limits request = new Limits(connect, silence, Duration.ofMinutes(5), 1 << 20);
    Limits session = new Limits(connect, silence, Duration.ofHours(1), 16 << 20);
    return settings -> {
      Pace pace = Pace.of(settings.kilobytesPerSecond());
      return settings.kind().equals("sftp")
          ? new SftpStore(settings, egress, session, pace)
          : new S3Store(settings, new EgressHttp(egress, request), clock, pace);
    };
  }
}
