// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.refcam.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Films being prepared and ready to be taken away: measured and signed by one thread one after the
 * other, made again byte by byte for each download, forgotten an hour after they were last asked
 * for. Nothing of them lies on disk. Guarded by its monitor.
 */
public final class Exports implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Exports.class);
  private static final int MOST = 8;
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int ID_BYTES = 12;

  /** What comes out. */
  public enum Form {
    MP4,
    /** The same MP4 sealed for the holder of a one-time key. */
    BUNDLE
  }

  /** How far an export is. */
  public enum Phase {
    PREPARING,
    READY,
    /** Nothing was recorded in the range. */
    EMPTY,
    FAILED
  }

  /**
   * What is exported.
   *
   * @param from the film begins with the last IDR at or before it
   */
  public record Wish(String stream, Instant from, Instant to, Form form) {}

  /** One export. Its fields are read under the monitor. */
  public static final class Export {
    private final String id;
    private final Wish wish;
    private final String key;
    private volatile double progress;
    private volatile Phase phase = Phase.PREPARING;
    private volatile @Nullable ByteSource source;
    private volatile Instant lastUse;
    private volatile boolean cancelled;

    private Export(String id, Wish wish, String key, Instant now) {
      this.id = id;
      this.wish = wish;
      this.key = key;
      lastUse = now;
    }

    public String id() {
      return id;
    }

    public Wish wish() {
      return wish;
    }

    public Phase phase() {
      return phase;
    }

    /** Part prepared, 0 to 1. */
    public double progress() {
      return progress;
    }

    /** The one-time key of a bundle; empty for a film. Shown to the one who asked, once. */
    public String key() {
      return key;
    }

    /** Present when READY. */
    public Optional<ByteSource> source() {
      return Optional.ofNullable(source);
    }

    @Override
    public String toString() {
      return "export " + id;
    }
  }

  private final Vault vault;
  private final FilmSigner signer;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, Export> exports = new LinkedHashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "export"));

  public Exports(Vault vault, FilmSigner signer, Clock clock, SecureRandom random) {
    this.vault = vault;
    this.signer = signer;
    this.clock = clock;
    this.random = random;
  }

  /** Begins to prepare; empty if there are too many already. */
  public synchronized Optional<Export> start(Wish wish) {
    forgetOld();
    if (exports.size() >= MOST) {
      return Optional.empty();
    }
    byte[] name = new byte[ID_BYTES];
    random.nextBytes(name);
    String key = wish.form() == Form.BUNDLE ? SealedBundle.newKey(random) : "";
    Export export = new Export(HexFormat.of().formatHex(name), wish, key, clock.instant());
    exports.put(export.id(), export);
    worker.execute(() -> prepare(export));
    return Optional.of(export);
  }

  public synchronized Optional<Export> find(String id) {
    forgetOld();
    Export export = exports.get(id);
    if (export != null) {
      export.lastUse = clock.instant();
    }
    return Optional.ofNullable(export);
  }

  /** Forgets an export; says whether there was one. */
  public synchronized boolean cancel(String id) {
    Export export = exports.remove(id);
    if (export != null) {
      export.cancelled = true;
    }
    return export != null;
  }

  @Override
  public void close() {
    synchronized (this) {
      exports.values().forEach(export -> export.cancelled = true);
      exports.clear();
    }
    worker.shutdownNow();
    try {
      worker.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forgetOld() {
    Instant limit = clock.instant().minus(KEPT);
    Iterator<Export> each = exports.values().iterator();
    while (each.hasNext()) {
      Export export = each.next();
      if (export.phase() != Phase.PREPARING && export.lastUse.isBefore(limit)) {
        each.remove();
      }
    }
  }

  private void prepare(Export export) {
    Wish wish = export.wish();
    try {
      SealedFilm film =
          SealedFilm.make(
              vault,
              vault.timeline(wish.stream(), wish.from(), wish.to()).clips(),
              wish.from(),
              wish.to(),
              signer,
              OutputStream.nullOutputStream(),
              part -> progress(export, part));
      export.source = wish.form() == Form.MP4 ? film : SealedBundle.of(film, export.key(), random);
      export.progress = 1;
      export.phase = Phase.READY;
    } catch (NothingRecordedException e) {
      export.phase = Phase.EMPTY;
    } catch (CancelledException e) {
      log.debug("{} cancelled", export);
    } catch (IOException | RuntimeException e) { // the worker has others to prepare
      log.warn("{}: {}", export, e.toString());
      export.phase = Phase.FAILED;
    }
  }

  private static void progress(Export export, double part) {
    if (export.cancelled) {
      throw new CancelledException();
    }
    export.progress = part;
  }

  private static final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
