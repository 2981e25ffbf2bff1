// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.refcam.crypto.Sha256;
import org.refcam.vault.ClipInfo;
import org.refcam.vault.Vault;

/** A film with its {@link FilmSeal}: what an owner takes away. Immutable. */
public final class SealedFilm implements ByteSource {
  private final Film film;
  private final byte[] seal;

  private SealedFilm(Film film, byte[] seal) {
    this.film = film;
    this.seal = seal;
  }

  /**
   * Reads, authenticates and signs what a stream recorded in a range.
   *
   * @param clips of one stream, in order of time
   * @param copy gets the sealed film while it is made
   * @param progress told the part done, 0 to 1
   * @throws NothingRecordedException if no picture lies in the range
   */
  public static SealedFilm make(
      Vault vault,
      List<ClipInfo> clips,
      Instant from,
      Instant until,
      FilmSigner signer,
      OutputStream copy,
      DoubleConsumer progress)
      throws IOException {
    if (clips.isEmpty()) {
      throw new NothingRecordedException();
    }
    DigestOutputStream digest = new DigestOutputStream(copy, Sha256.start());
    Film film = Film.measure(vault, clips, from, until, progress, digest);
    FilmSeal.Manifest manifest =
        new FilmSeal.Manifest(
            signer.serial(),
            clips.get(0).stream(),
            film.start().toString(),
            film.end().toString(),
            film.pictures(),
            film.length(),
            HexFormat.of().formatHex(digest.getMessageDigest().digest()));
    byte[] seal = FilmSeal.box(manifest, signer);
    copy.write(seal);
    return new SealedFilm(film, seal);
  }

  public Film film() {
    return film;
  }

  @Override
  public long length() {
    return film.length() + seal.length;
  }

  @Override
  public void write(OutputStream out, long from, long to) throws IOException {
    long filmEnd = film.length();
    if (from < filmEnd) {
      film.write(out, from, Math.min(to, filmEnd));
    }
    if (to > filmEnd) {
      int begin = (int) Math.max(0, from - filmEnd);
      out.write(seal, begin, (int) (to - filmEnd) - begin);
    }
  }
}
