// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.refcam.bytes.ByteRegion;
import org.refcam.chain.Link.Verdict;
import org.refcam.disk.FatFileSystem;
import org.refcam.disk.InvalidDiskException;
import org.refcam.fdt.Fdt;
import org.refcam.fdt.FdtHeader;
import org.refcam.fdt.FdtNode;
import org.refcam.fdt.InvalidFdtException;
import org.refcam.fit.ControlDeviceTree;
import org.refcam.fit.FitPublicKey;
import org.refcam.piboot.BootSignature;
import org.refcam.piboot.InvalidBootSignatureException;

/**
 * The partition {@code loader} of a Raspberry Pi: U-Boot among the firmware's files, or all of them
 * in a signed {@code boot.img}. Stateless.
 *
 * <p>Two links: who signed boot.img (nobody, where the ROM verifies nothing), and that U-Boot
 * demands the given key of every boot image. U-Boot's code is not judged: compare it with the
 * reproducible build.
 */
final class LoaderPartition {
  private static final String PROGRAM = "u-boot.bin";
  private static final int PROGRAM_MAX = 8 << 20;
  private static final String NAME = "loader signature";

  private LoaderPartition() {}

  /**
   * @param key that boot images are signed with
   * @param loaderKey that boot.img is signed with
   */
  static List<Link> verify(ByteRegion partition, PublicKey key, Optional<PublicKey> loaderKey)
      throws IOException, InvalidLinkException {
    List<Link> links = new ArrayList<>();
    try {
      FatFileSystem outer = FatFileSystem.open(partition);
      Optional<byte[]> image = outer.read("boot.img", BootPartition.BOOT_BYTES_MAX);
      FatFileSystem files = outer;
      if (image.isPresent()) {
        links.add(signature(outer, image.get(), loaderKey));
        files = FatFileSystem.open(ByteRegion.of(ByteBuffer.wrap(image.get())));
      } else if (loaderKey.isPresent()) {
        throw new InvalidLinkException("no boot.img, and so nothing that the given key signed");
      } else {
        links.add(new Link(NAME, Verdict.CONSISTENT, "nobody verifies this board's first program"));
      }
      links.add(requiredKey(files, key, image.isPresent() && loaderKey.isPresent()));
      return links;
    } catch (InvalidDiskException | InvalidBootSignatureException | InvalidFdtException e) {
      throw new InvalidLinkException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Link signature(FatFileSystem files, byte[] image, Optional<PublicKey> key)
      throws IOException,
          InvalidDiskException,
          InvalidBootSignatureException,
          InvalidLinkException {
    BootSignature signature =
        BootSignature.parse(
            files
                .read("boot.sig", BootSignature.BYTES_MAX)
                .orElseThrow(() -> new InvalidLinkException("no boot.sig")));
    if (key.isEmpty()) {
      signature.requireHashOf(image);
      return new Link(
          NAME, Verdict.CONSISTENT, "boot.sig is of this boot.img; by whom was not asked");
    }
    signature.verify(image, key.get());
    return new Link(NAME, Verdict.VERIFIED, "boot.img, rsa2048");
  }

  private static Link requiredKey(FatFileSystem files, PublicKey key, boolean signed)
      throws IOException, InvalidDiskException, InvalidFdtException, InvalidLinkException {
    byte[] program =
        files
            .read(PROGRAM, PROGRAM_MAX)
            .orElseThrow(() -> new InvalidLinkException("no " + PROGRAM));
    FdtNode held =
        controlTree(program)
            .root()
            .findNode("signature")
            .orElseThrow(() -> new InvalidLinkException("U-Boot demands no signature"));
    if (held.children().size() != 1) {
      throw new InvalidLinkException("U-Boot takes " + held.children().size() + " keys");
    }
    FdtNode only = held.children().get(0);
    String name = only.name().replaceFirst("^key-", "");
    if (!Arrays.equals(bytes(only), bytes(expected(name, key)))) {
      throw new InvalidLinkException("U-Boot takes another key than the given one");
    }
    return new Link(
        "loader key",
        signed ? Verdict.VERIFIED : Verdict.CONSISTENT,
        "U-Boot demands the given key, by the name " + name);
  }

  private static FdtNode expected(String name, PublicKey key) throws InvalidLinkException {
    try {
      return ControlDeviceTree.requiredKey(new FitPublicKey(name, key));
    } catch (IllegalArgumentException e) {
      throw new InvalidLinkException(String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] bytes(FdtNode node) {
    return new Fdt(FdtNode.builder("").set(node).build(), List.of(), 0).encode();
  }

  /** The device tree that ends with the program's last byte. */
  private static Fdt controlTree(byte[] program) throws InvalidFdtException, InvalidLinkException {
    for (int at = program.length - FdtHeader.BYTES; at >= 0; at--) {
      ByteBuffer head = ByteBuffer.wrap(program, at, FdtHeader.BYTES).slice();
      if (FdtHeader.isMagic(head) && head.getInt(4) == program.length - at) {
        return Fdt.parse(ByteBuffer.wrap(Arrays.copyOfRange(program, at, program.length)));
      }
    }
    throw new InvalidLinkException("no control device tree behind U-Boot");
  }
}
