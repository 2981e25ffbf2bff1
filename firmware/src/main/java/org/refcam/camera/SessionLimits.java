// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.time.Duration;
import org.refcam.access.Sessions;
import org.refcam.keys.SealedFile;
import org.refcam.web.SessionLimitStore;

/** The owner's times for sessions, kept sealed and in force. Safe from any thread. */
final class SessionLimits implements SessionLimitStore {
  private final SealedJson<Stored> stored;

  /** As the file has them. */
  private record Stored(long idleMinutes, long absoluteHours) {
    static Stored of(Sessions.Limits limits) {
      return new Stored(limits.idle().toMinutes(), limits.absolute().toHours());
    }

    Sessions.Limits limits() {
      return new Sessions.Limits(Duration.ofMinutes(idleMinutes), Duration.ofHours(absoluteHours));
    }
  }

  SessionLimits(SealedFile file, Sessions sessions) throws IOException {
    stored =
        new SealedJson<>(
            file,
            Stored.class,
            Stored.of(Sessions.Limits.DEFAULT),
            now -> sessions.limits(now.limits()));
  }

  @Override
  public Sessions.Limits current() {
    return stored.current().limits();
  }

  @Override
  public void save(Sessions.Limits limits) throws IOException {
    stored.save(Stored.of(limits));
  }
}
