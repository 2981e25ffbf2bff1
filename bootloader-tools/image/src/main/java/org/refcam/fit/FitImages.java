// SPDX-License-Identifier: Apache-2.0
package org.refcam.fit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.refcam.crypto.Sha256;
import org.refcam.fdt.FdtHeader;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.FdtProperty;
import org.refcam.fit.InvalidFitException.Reason;

/** The images of a FIT that is being verified. Confined to one thread. */
final class FitImages {
  private static final int IMAGES_MAX = 64;

  /** Properties of a configuration that name no image. */
  private static final Set<String> NOT_IMAGES =
      Set.of("description", "compatible", "default", "load-only", "bootargs");

  /** Roles that we know how to boot; another is refused, since nobody here would check its use. */
  private static final Set<String> ROLES = Set.of("kernel", "ramdisk", "fdt");

  private final FdtNode images;
  private final ByteBuffer fit;
  private final FdtHeader header;
  private final Set<String> hashed = new HashSet<>();

  FitImages(FdtNode images, ByteBuffer fit, FdtHeader header) {
    this.images = images;
    this.fit = fit;
    this.header = header;
  }

  /** What a configuration names: role, and the images of that role in order. */
  record Content(FdtNode configuration, Map<String, List<FdtNode>> byRole, FitImages images) {
    List<FdtNode> nodes() {
      return byRole.values().stream().flatMap(List::stream).toList();
    }

    /** Paths that the signature must list: root, configuration, each image and its hashes. */
    List<String> signedNodes() {
      Set<String> paths =
          new LinkedHashSet<>(List.of("/", "/configurations/" + configuration.name()));
      for (FdtNode image : nodes()) {
        paths.add("/images/" + image.name());
        for (FdtNode child : image.children()) {
          paths.add("/images/" + image.name() + "/" + child.name());
        }
      }
      return List.copyOf(paths);
    }

    VerifiedFit.Configuration verified(String name, String key, String algorithm)
        throws InvalidFitException {
      List<ByteBuffer> kernel = data("kernel");
      if (kernel.size() != 1) {
        throw new InvalidFitException(Reason.CONTENT, name + " has no kernel");
      }
      return new VerifiedFit.Configuration(
          name,
          key,
          algorithm,
          kernel.get(0),
          data("ramdisk").stream().findFirst(),
          data("fdt"),
          configuration.findString("bootargs"));
    }

    private List<ByteBuffer> data(String role) throws InvalidFitException {
      List<ByteBuffer> found = new ArrayList<>();
      for (FdtNode image : byRole.getOrDefault(role, List.of())) {
        found.add(images.data(image));
      }
      return found;
    }
  }

  /**
   * @throws InvalidFitException CONTENT if an image is not there, has no hash, or hides from U-Boot
   */
  Content of(FdtNode configuration) throws InvalidFitException {
    Map<String, List<FdtNode>> byRole = new LinkedHashMap<>();
    for (FdtProperty property : configuration.properties()) {
      String role = property.name();
      if (NOT_IMAGES.contains(role)) {
        continue;
      }
      if (!ROLES.contains(role)) {
        throw new InvalidFitException(
            Reason.CONTENT, configuration.name() + " has a property that we do not know: " + role);
      }
      List<FdtNode> nodes = new ArrayList<>();
      if (property.strings().isEmpty()) {
        throw new InvalidFitException(
            Reason.CONTENT, configuration.name() + " names no image as " + role);
      }
      for (String name : property.strings()) {
        nodes.add(image(name));
      }
      byRole.put(role, nodes);
    }
    Content content = new Content(configuration, byRole, this);
    if (content.nodes().size() > IMAGES_MAX) {
      throw new InvalidFitException(Reason.CONTENT, "too many images in " + configuration.name());
    }
    return content;
  }

  private FdtNode image(String name) throws InvalidFitException {
    requirePlain(name);
    FdtNode image =
        Optional.of(images)
            .flatMap(all -> all.findNode(name))
            .orElseThrow(() -> new InvalidFitException(Reason.CONTENT, "no image " + name));
    for (FdtNode child : image.children()) {
      requirePlain(child.name());
      if (!child.name().startsWith("hash") || child.find("uboot-ignore").isPresent()) {
        throw new InvalidFitException(
            Reason.CONTENT, "image " + name + " has " + child.name() + ", which is not hashed");
      }
    }
    return image;
  }

  /**
   * @throws InvalidFitException HASH_MISMATCH, or CONTENT if there is no SHA-256 to compare
   */
  void verifyHashes(Content content) throws InvalidFitException {
    for (FdtNode image : content.nodes()) {
      if (!hashed.contains(image.name())) {
        verifyHash(image);
        hashed.add(image.name());
      }
    }
  }

  private void verifyHash(FdtNode image) throws InvalidFitException {
    List<FdtNode> sha256 =
        image.children().stream()
            .filter(n -> n.findString("algo").filter("sha256"::equals).isPresent())
            .toList();
    if (sha256.isEmpty()) {
      throw new InvalidFitException(Reason.CONTENT, "image " + image.name() + " has no SHA-256");
    }
    byte[] actual = Sha256.of(data(image));
    for (FdtNode hash : sha256) {
      ByteBuffer value = hash.find("value").map(FdtProperty::value).orElse(ByteBuffer.allocate(0));
      if (!value.equals(ByteBuffer.wrap(actual))) {
        throw new InvalidFitException(
            Reason.HASH_MISMATCH, "image " + image.name() + " does not have its hash");
      }
    }
  }

  /** The image's bytes: in the tree, or behind it ({@code mkimage -E}). */
  private ByteBuffer data(FdtNode image) throws InvalidFitException {
    Optional<FdtProperty> inside = image.find("data");
    OptionalLong size = image.findNumber("data-size");
    OptionalLong offset = image.findNumber("data-offset");
    OptionalLong position = image.findNumber("data-position");
    int ways =
        (inside.isPresent() ? 1 : 0)
            + (offset.isPresent() ? 1 : 0)
            + (position.isPresent() ? 1 : 0);
    if (ways != 1 || size.isPresent() == inside.isPresent()) {
      throw new InvalidFitException(Reason.CONTENT, "image " + image.name() + " has no one place");
    }
    if (inside.isPresent()) {
      return inside.get().value();
    }
    long behind = (header.totalSize() + 3L) & ~3L;
    long begin = position.isPresent() ? position.getAsLong() : behind + offset.orElseThrow();
    long length = size.orElseThrow();
    if (begin < behind || length < 0 || begin > fit.remaining() - length) {
      throw new InvalidFitException(
          Reason.HASH_MISMATCH, "image " + image.name() + " lies beyond the bytes that are there");
    }
    return fit.slice(fit.position() + (int) begin, (int) length);
  }

  /** U-Boot takes {@code name@x} for {@code name}; it refuses such names, and so do we. */
  static void requirePlain(String name) throws InvalidFitException {
    if (name.isEmpty() || name.indexOf('@') >= 0 || name.indexOf('/') >= 0) {
      throw new InvalidFitException(Reason.CONTENT, "a name that may be ambiguous: " + name);
    }
  }
}
