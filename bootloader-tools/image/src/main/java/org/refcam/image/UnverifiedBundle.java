// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.IOException;
import java.io.InputStream;
import org.refcam.image.InvalidBundleException.Reason;

/**
 * A bundle of which description and signature have been read and nothing has been believed. Only
 * {@link BundleVerifier} can make something of it. Confined to one thread.
 */
public final class UnverifiedBundle {
  private final BundleLimits limits;
  private final CpioReader archive;
  private final byte[] description;
  private final byte[] signature;
  private final boolean canonical;

  private UnverifiedBundle(
      BundleLimits limits,
      CpioReader archive,
      byte[] description,
      byte[] signature,
      boolean canonical) {
    this.limits = limits;
    this.archive = archive;
    this.description = description;
    this.signature = signature;
    this.canonical = canonical;
  }

  /**
   * Reads the first two files of the archive; the images stay in the stream, which the caller
   * closes.
   *
   * @throws InvalidBundleException ARCHIVE, TRUNCATED, CHECKSUM, ORDER, TOO_LARGE
   */
  public static UnverifiedBundle open(InputStream in, BundleLimits limits)
      throws IOException, InvalidBundleException {
    CpioReader archive = new CpioReader(in, limits.files());
    CpioHeader first = require(archive, Description.FILE);
    byte[] description = archive.readWhole(limits.descriptionBytes());
    CpioHeader second = require(archive, Description.SIGNATURE_FILE);
    byte[] signature = archive.readWhole(limits.signatureBytes());
    return new UnverifiedBundle(
        limits, archive, description, signature, first.canonical() && second.canonical());
  }

  private static CpioHeader require(CpioReader archive, String name)
      throws IOException, InvalidBundleException {
    CpioHeader header =
        archive.next().orElseThrow(() -> new InvalidBundleException(Reason.ORDER, "no " + name));
    if (!header.name().equals(name)) {
      throw new InvalidBundleException(Reason.ORDER, header.name() + " where " + name + " must be");
    }
    return header;
  }

  /**
   * What the bundle claims of itself, for showing to people. Nothing may be decided by it.
   *
   * @throws InvalidBundleException DESCRIPTION
   */
  public BundleManifest unverifiedManifest() throws InvalidBundleException {
    return Description.parse(description, limits);
  }

  BundleLimits limits() {
    return limits;
  }

  CpioReader archive() {
    return archive;
  }

  byte[] description() {
    return description;
  }

  byte[] signature() {
    return signature;
  }

  boolean canonical() {
    return canonical;
  }
}
