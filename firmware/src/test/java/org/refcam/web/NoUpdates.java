// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.refcam.web.RefusedException.Reason;

/** Counts the bytes of uploads and refuses all else. */
final class NoUpdates implements UpdateControl {
  volatile long uploaded;

  @Override
  public Map<String, Object> status(boolean administrator) {
    return Map.of("version", "1", "administrator", administrator);
  }

  @Override
  public void check(boolean install) throws RefusedException {
    throw new RefusedException(Reason.UPDATE_REFUSED, "no_source", Duration.ZERO);
  }

  @Override
  public void postpone(Duration wish) {
    throw new IllegalStateException("nothing to postpone");
  }

  @Override
  public void upload(InputStream bundle) throws IOException {
    uploaded = bundle.transferTo(java.io.OutputStream.nullOutputStream());
  }
}
