// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.refcam.storage.AppendFile;
import org.refcam.tuf.TargetCheck;
import org.refcam.tuf.TargetFile;
import org.refcam.tuf.TufException;
import org.refcam.update.UpdateException.Reason;

/**
 * Brings one target's bytes to the disk, going on where an earlier attempt was cut off, and holds a
 * buffer of them at a time. Confined to one thread.
 *
 * <p>INV-UPD-2. A fetch ends only with the listed length and hashes of the target; until then its
 * bytes have a name that nothing installs from. Holds against mirrors, networks and power cuts.
 * Does not bound how often an unreachable mirror is asked.
 */
final class Fetcher {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int ATTEMPTS = 4;
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** Below this, averaged over a whole attempt, a mirror is given up: 256 MiB in a day. */
  private static final long BYTES_PER_SECOND_MIN = 3 << 10;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final UpdateWeb web;
  private final Incoming incoming;
  private final Clock clock;
  private final LongConsumer progress;

  /**
   * @param progress told how many bytes are here, often
   */
  Fetcher(UpdateWeb web, Incoming incoming, Clock clock, LongConsumer progress) {
    this.web = web;
    this.incoming = incoming;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * @param name of the file in {@link Incoming}
   * @return the file, synced, with exactly the target's bytes
   * @throws IOException if it broke off more often than made sense; the next call goes on there
   * @throws UpdateException WRONG_BYTES, TOO_SLOW, TOO_LARGE; wrong bytes are deleted
   */
  Path fetch(URI uri, TargetFile target, String name) throws IOException, UpdateException {
    requireSpace(target, name);
    int broken = 0;
    while (true) {
      try (AppendFile file = incoming.resume(name)) {
        long before = file.size();
        try {
          return attempt(uri, target, name, file);
        } catch (IOException e) {
          broken = file.size() - before > Incoming.SYNC_BYTES ? 0 : broken + 1;
          file.sync();
          if (broken >= ATTEMPTS || Thread.currentThread().isInterrupted()) {
            throw e;
          }
        }
      } catch (TufException e) {
        incoming.keepOnly("");
        throw new UpdateException(Reason.WRONG_BYTES, String.valueOf(e.getMessage()), e);
      }
    }
  }

  private void requireSpace(TargetFile target, String name) throws IOException, UpdateException {
    incoming.keepOnly(name);
    Path file = incoming.file(name);
    long missing = target.length() - (Files.exists(file) ? Files.size(file) : 0);
    long usable = incoming.directory().toFile().getUsableSpace();
    if (missing > usable) {
      throw new UpdateException(
          Reason.TOO_LARGE, missing + " bytes are missing, " + usable + " free");
    }
  }

  private Path attempt(URI uri, TargetFile target, String name, AppendFile file)
      throws IOException, TufException, UpdateException {
    if (file.size() > target.length()) {
      file.truncate(0);
    }
    TargetCheck check = target.check();
    hashPresent(incoming.file(name), file.size(), check);
    if (file.size() < target.length()) {
      try (UpdateWeb.Answer answer = web.get(uri, file.size())) {
        check = receive(uri, answer, target, file, check);
      }
    }
    check.finish();
    file.sync();
    progress.accept(file.size());
    return incoming.file(name);
  }

  private TargetCheck receive(
      URI uri, UpdateWeb.Answer answer, TargetFile target, AppendFile file, TargetCheck begun)
      throws IOException, TufException, UpdateException {
    TargetCheck check = begun;
    boolean continued = answer.status() == PARTIAL && answer.from() == file.size();
    if (answer.status() == RANGE_NOT_SATISFIABLE) {
      file.truncate(0);
      throw new IOException(uri + " has no such range");
    }
    if (!continued && answer.status() != OK) {
      throw new IOException(uri + " answers " + answer.status());
    }
    if (!continued) {
      file.truncate(0);
      check = target.check();
    }
    copy(answer.body(), file, check);
    if (file.size() < target.length()) {
      throw new IOException("broke off after " + file.size() + " bytes of " + target.length());
    }
    return check;
  }

  private void copy(InputStream in, AppendFile file, TargetCheck check)
      throws IOException, TufException, UpdateException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long begin = clock.millis();
    long received = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      check.update(buffer, 0, n);
      Incoming.write(file, buffer, n);
      progress.accept(file.size());
      received += n;
      Duration taken = Duration.ofMillis(clock.millis() - begin);
      if (taken.compareTo(PATIENCE) > 0 && received < taken.toSeconds() * BYTES_PER_SECOND_MIN) {
        throw new UpdateException(Reason.TOO_SLOW, received + " bytes in " + taken);
      }
    }
  }

  private static void hashPresent(Path file, long length, TargetCheck check)
      throws IOException, TufException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = length;
    try (InputStream in = Files.newInputStream(file)) {
      while (left > 0) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new IOException(file + " became shorter while it was read");
        }
        check.update(buffer, 0, n);
        left -= n;
      }
    }
  }
}
