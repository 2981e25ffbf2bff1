// SPDX-License-Identifier: Apache-2.0
package org.refcam.tools;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.refcam.image.BundleImage;
import org.refcam.image.BundleLimits;
import org.refcam.image.BundleVerifier;
import org.refcam.image.InvalidBundleException;
import org.refcam.image.Keyring;
import org.refcam.image.UnverifiedBundle;
import org.refcam.image.VerifiedBundle;

/**
 * The unpacked images of a bundle beside it, so that cameras may fetch blocks of them: {@code
 * refcam-1.0.0.rootfs.img} beside {@code refcam-1.0.0.swu}. Only those with a hash tree. Stateless.
 */
final class PublishedImages {
  private PublishedImages() {}

  /**
   * @param path of the bundle in the repository, ending in {@code .swu}
   * @return how many images were added
   */
  static int add(RepositoryDirectory repository, Path bundle, Keyring keyring, String path)
      throws IOException, InvalidBundleException {
    Map<String, Path> unpacked = new LinkedHashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(bundle))) {
      VerifiedBundle verified =
          new BundleVerifier(keyring, Instant.now())
              .verify(UnverifiedBundle.open(in, BundleLimits.DEFAULT));
      verified.readImages(verified.manifest().boards().get(0), image -> open(image, unpacked));
      String stem = path.substring(0, path.length() - ".swu".length());
      for (Map.Entry<String, Path> image : unpacked.entrySet()) {
        repository.list(repository.add(stem + "." + image.getKey() + ".img", image.getValue()));
      }
      return unpacked.size();
    } finally {
      for (Path file : unpacked.values()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static OutputStream open(BundleImage image, Map<String, Path> unpacked)
      throws IOException {
    if (image.verityOffset().isEmpty()) {
      return OutputStream.nullOutputStream();
    }
    Path file = Files.createTempFile("refcam-image-", ".img");
    unpacked.put(image.name(), file);
    return new BufferedOutputStream(Files.newOutputStream(file));
  }
}
