// SPDX-License-Identifier: Apache-2.0
package org.refcam.recorder;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import org.refcam.bytes.ByteReader;
import org.refcam.bytes.TruncatedException;
import org.refcam.crypto.Sha256;
import org.refcam.recorder.InvalidFilmException.Reason;

/**
 * A film whose seal was checked; {@link #verify} is its only maker. Immutable.
 *
 * @param certificateSha256 of the camera that signed it, to compare with a label
 * @param from wall time of the first picture by that camera's clock, ISO 8601
 */
public record VerifiedFilm(
    String serial,
    String certificateSha256,
    String stream,
    String from,
    String to,
    long pictures,
    long length) {
  private static final int HEADER = 8;
  private static final int MOST_SEAL_BYTES = 64 * 1024;
  private static final int LEAST_SEAL_BYTES = HEADER + 16 + 1 + 3 * 2;

  /**
   * Reads a whole film.
   *
   * @throws InvalidFilmException with what is wrong
   */
  public static VerifiedFilm verify(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return verify(in);
    }
  }

  /**
   * @param sha256 of the certificate that a label shows; case and colons do not matter
   * @throws InvalidFilmException OTHER_CAMERA if another one signed
   */
  public void requireCertificate(String sha256) throws InvalidFilmException {
    if (!sha256.replace(":", "").strip().equalsIgnoreCase(certificateSha256)) {
      throw new InvalidFilmException(Reason.OTHER_CAMERA);
    }
  }

  static VerifiedFilm verify(InputStream in) throws IOException {
    MessageDigest digest = Sha256.start();
    long before = 0;
    for (byte[] header = in.readNBytes(HEADER); header.length > 0; header = in.readNBytes(HEADER)) {
      long size = size(header);
      boolean first = before == 0;
      String type = new String(header, 4, 4, StandardCharsets.US_ASCII);
      if (first != type.equals("ftyp")) {
        throw new InvalidFilmException(Reason.NOT_A_FILM);
      }
      if (type.equals("uuid") && size <= MOST_SEAL_BYTES && size >= LEAST_SEAL_BYTES) {
        byte[] body = in.readNBytes((int) size - HEADER);
        if (body.length == size - HEADER && startsWithType(body)) {
          return seal(body, before, digest.digest(), in);
        }
        digest.update(header);
        digest.update(body);
      } else {
        digest.update(header);
        pass(in, size - HEADER, digest);
      }
      before += size;
    }
    throw new InvalidFilmException(before == 0 ? Reason.NOT_A_FILM : Reason.NO_SEAL);
  }

  private static long size(byte[] header) throws InvalidFilmException {
    try {
      long size = header.length < HEADER ? 0 : new ByteReader(header).u32();
      if (size < HEADER) {
        throw new InvalidFilmException(Reason.NOT_A_FILM);
      }
      return size;
    } catch (TruncatedException e) {
      throw new AssertionError("a header has 8 bytes", e);
    }
  }

  private static void pass(InputStream in, long bytes, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = bytes;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new InvalidFilmException(Reason.NOT_A_FILM);
      }
      digest.update(buffer, 0, count);
      left -= count;
    }
  }

  private static boolean startsWithType(byte[] body) {
    return Arrays.equals(FilmSeal.TYPE, Arrays.copyOf(body, FilmSeal.TYPE.length));
  }

  private static VerifiedFilm seal(byte[] body, long before, byte[] digest, InputStream in)
      throws IOException {
    try {
      ByteReader reader = new ByteReader(body);
      reader.raw(FilmSeal.TYPE.length);
      if (reader.u8() != FilmSeal.VERSION) {
        throw new InvalidFilmException(Reason.NO_SEAL);
      }
      byte[] certificateBytes = reader.raw(reader.u16());
      byte[] json = reader.raw(reader.u16());
      byte[] signed = reader.raw(reader.u16());
      if (reader.remaining() > 0 || in.read() >= 0) {
        throw new InvalidFilmException(Reason.CHANGED);
      }
      requireSignature(certificateBytes, json, signed);
      FilmSeal.Manifest manifest = FilmSeal.parse(json);
      byte[] promised = HexFormat.of().parseHex(manifest.sha256());
      if (manifest.length() != before || !MessageDigest.isEqual(promised, digest)) {
        throw new InvalidFilmException(Reason.CHANGED);
      }
      return new VerifiedFilm(
          manifest.serial(),
          HexFormat.of().formatHex(Sha256.start().digest(certificateBytes)),
          manifest.stream(),
          manifest.from(),
          manifest.to(),
          manifest.pictures(),
          before);
    } catch (TruncatedException | IllegalArgumentException e) {
      throw new InvalidFilmException(Reason.BAD_SIGNATURE, e);
    }
  }

  private static void requireSignature(byte[] certificate, byte[] manifest, byte[] signed)
      throws InvalidFilmException {
    try {
      X509Certificate parsed =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initVerify(parsed.getPublicKey());
      signature.update(FilmSeal.message(certificate, manifest));
      if (!signature.verify(signed)) {
        throw new InvalidFilmException(Reason.BAD_SIGNATURE);
      }
    } catch (GeneralSecurityException e) {
      throw new InvalidFilmException(Reason.BAD_SIGNATURE, e);
    }
  }
}
