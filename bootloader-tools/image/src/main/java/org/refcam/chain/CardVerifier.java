// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.refcam.bytes.ByteRegion;
import org.refcam.chain.Link.Verdict;
import org.refcam.disk.GptReader;
import org.refcam.disk.InvalidDiskException;
import org.refcam.disk.Partition;
import org.refcam.disk.PartitionTable;
import org.refcam.verity.InvalidVerityException;
import org.refcam.verity.VeritySuperblock;
import org.refcam.verity.VerityVerifier;

/**
 * Walks a card's chain of trust from a public key to the last byte of its root file systems.
 *
 * <p>INV-CHAIN-1. A card is called verified only if every slot that is not empty verified: its boot
 * image by the given key, and its root file system by the root hash inside that boot image. Holds
 * against whoever writes the card. Not covered: the boot loader before the first link, which its
 * own ROM or machine must verify ({@link LoaderPartition} says what of it is looked at); the
 * partitions state and data, from which nothing is executed; an older genuine image, which the
 * security counter on the device refuses.
 *
 * <p>Memory: a boot image, at most 128 MiB. Stateless.
 */
public final class CardVerifier {
  private static final List<String> SLOTS = List.of("a", "b");

  private CardVerifier() {}

  /** As below, without a key for the boot loader's own signature. */
  public static CardReport verify(ByteRegion disk, PublicKey key, LongConsumer progress)
      throws IOException {
    return verify(disk, key, Optional.empty(), progress);
  }

  /**
   * Never throws for what is on the card: every fault is a refused link.
   *
   * @param disk the whole card or its image
   * @param key that signed its boot images
   * @param loaderKey that signed boot.img in the partition {@code loader}, where there is one
   * @param progress is told bytes of a root file system verified so far
   */
  public static CardReport verify(
      ByteRegion disk, PublicKey key, Optional<PublicKey> loaderKey, LongConsumer progress)
      throws IOException {
    List<Link> links = new ArrayList<>();
    try {
      PartitionTable table = GptReader.read(disk);
      links.add(
          new Link(
              "partition table",
              Verdict.CONSISTENT,
              table.partitions().size() + " partitions, both copies whole"));
      Optional<Partition> loader = table.find("loader");
      if (loader.isPresent()) {
        loader(GptReader.region(disk, loader.get()), key, loaderKey, links);
      }
      for (String slot : SLOTS) {
        slot(disk, table, slot, key, progress, links);
      }
    } catch (InvalidDiskException e) {
      links.add(refused("partition table", e));
    }
    return new CardReport(links);
  }

  /**
   * A card whose loader is older than this layout, or made by others, has no boot loader of ours.
   */
  private static void loader(
      ByteRegion partition, PublicKey key, Optional<PublicKey> loaderKey, List<Link> links)
      throws IOException {
    try {
      if (BootPartition.isEmpty(partition)) {
        links.add(new Link("loader", Verdict.EMPTY, "no boot loader on the card"));
      } else {
        links.addAll(LoaderPartition.verify(partition, key, loaderKey));
      }
    } catch (InvalidLinkException e) {
      links.add(refused("loader", e));
    }
  }

  private static void slot(
      ByteRegion disk,
      PartitionTable table,
      String slot,
      PublicKey key,
      LongConsumer progress,
      List<Link> links)
      throws IOException {
    String bootName = "boot_" + slot;
    String link = bootName;
    try {
      ByteRegion boot = region(disk, table, bootName);
      if (BootPartition.isEmpty(boot)) {
        links.add(new Link(bootName, Verdict.EMPTY, "nothing to boot"));
        return;
      }
      link = bootName + " signature";
      SignedBoot signed = BootPartition.verify(boot, slot, key);
      links.add(new Link(link, Verdict.VERIFIED, signed.by()));
      link = bootName + " root hash";
      RootDescription description = RootDescription.find(signed);
      requireSlot(signed, slot);
      links.add(new Link(link, Verdict.VERIFIED, description.root().hex()));
      link = "root_" + slot;
      VeritySuperblock superblock =
          VerityVerifier.verify(region(disk, table, link), description.root(), progress);
      description.requireSalt(superblock);
      links.add(
          new Link(link, Verdict.VERIFIED, superblock.dataBlocks() + " blocks of 4096 bytes"));
    } catch (InvalidLinkException | InvalidDiskException | InvalidVerityException e) {
      links.add(refused(link, e));
    }
  }

  private static void requireSlot(SignedBoot signed, String slot) throws InvalidLinkException {
    Optional<String> named = RootDescription.slot(signed);
    if (named.isPresent() && !named.get().toLowerCase(Locale.ROOT).equals(slot)) {
      throw new InvalidLinkException("the command line is for slot " + named.get());
    }
  }

  private static ByteRegion region(ByteRegion disk, PartitionTable table, String name)
      throws InvalidDiskException, InvalidLinkException {
    Optional<Partition> partition = table.find(name);
    if (partition.isEmpty()) {
      throw new InvalidLinkException("no partition " + name);
    }
    return GptReader.region(disk, partition.get());
  }

  private static Link refused(String name, Exception fault) {
    return new Link(name, Verdict.REFUSED, String.valueOf(fault.getMessage()));
  }
}
