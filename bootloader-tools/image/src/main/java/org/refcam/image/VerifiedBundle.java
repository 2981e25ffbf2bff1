// SPDX-License-Identifier: Apache-2.0
package org.refcam.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.cert.X509CertificateHolder;
import org.refcam.image.InvalidBundleException.Reason;

/**
 * A bundle whose description is its signer's; its images are still in the stream. Made by {@link
 * BundleVerifier} alone. Confined to one thread.
 */
public final class VerifiedBundle {
  private final BundleManifest manifest;
  private final X509CertificateHolder signer;
  private final CpioReader archive;
  private final BundleLimits limits;
  private boolean taken;

  VerifiedBundle(
      BundleManifest manifest,
      X509CertificateHolder signer,
      CpioReader archive,
      BundleLimits limits) {
    this.manifest = manifest;
    this.signer = signer;
    this.archive = archive;
    this.limits = limits;
  }

  public BundleManifest manifest() {
    return manifest;
  }

  /** The certificate whose key signed. */
  public X509CertificateHolder signer() {
    return signer;
  }

  /**
   * Streams one board's images to the receiver in the order of the archive, at most a buffer and
   * the decompressor's window at a time, and reads the rest of the archive to its end.
   *
   * @param software of this bundle's manifest
   * @return one for each image of the board: only now may its bytes be used
   * @throws InvalidBundleException HASH_MISMATCH, CHECKSUM, COMPRESSION, MISSING_IMAGE, ORDER,
   *     TOO_LARGE, TRUNCATED, ARCHIVE: then no image of this bundle is verified
   * @throws IllegalStateException on a second call: the stream has gone by
   */
  public List<VerifiedImage> readImages(BoardSoftware software, ImageReceiver receiver)
      throws IOException, InvalidBundleException {
    if (!manifest.boards().contains(software)) {
      throw new IllegalArgumentException("software of another bundle");
    }
    if (taken) {
      throw new IllegalStateException("the images have gone by");
    }
    taken = true;
    Map<String, BundleImage> wanted = new TreeMap<>();
    software.images().forEach(image -> wanted.put(image.fileName(), image));
    return stream(wanted, receiver);
  }

  private List<VerifiedImage> stream(Map<String, BundleImage> wanted, ImageReceiver receiver)
      throws IOException, InvalidBundleException {
    Set<String> listed = listed();
    Set<String> seen = new HashSet<>();
    List<VerifiedImage> verified = new ArrayList<>();
    for (Optional<CpioHeader> next = archive.next(); next.isPresent(); next = archive.next()) {
      CpioHeader header = next.get();
      requireListed(header, listed, seen);
      BundleImage image = wanted.get(header.name());
      if (image == null) {
        archive.skip();
      } else {
        new ImageStream(archive, image, limits).transferTo(receiver);
        verified.add(new VerifiedImage(image));
      }
    }
    requireCanonical("the trailer");
    if (verified.size() != wanted.size()) {
      throw new InvalidBundleException(
          Reason.MISSING_IMAGE, verified.size() + " images of " + wanted.keySet());
    }
    return verified;
  }

  private void requireListed(CpioHeader header, Set<String> listed, Set<String> seen)
      throws InvalidBundleException {
    if (!listed.contains(header.name()) || !seen.add(header.name())) {
      throw new InvalidBundleException(
          Reason.ORDER, header.name() + " is not described, or there twice");
    }
    requireCanonical(header.name());
    if (header.size() > limits.imageBytes()) {
      throw new InvalidBundleException(Reason.TOO_LARGE, header.name() + ": " + header.size());
    }
  }

  private void requireCanonical(String what) throws InvalidBundleException {
    if (manifest.canonical() && !archive.canonical()) {
      throw new InvalidBundleException(
          Reason.ARCHIVE, what + " has a header that our writer does not write");
    }
  }

  private Set<String> listed() {
    Set<String> names = new HashSet<>();
    manifest.boards().forEach(b -> b.images().forEach(image -> names.add(image.fileName())));
    return names;
  }
}
