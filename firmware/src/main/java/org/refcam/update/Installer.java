// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.refcam.image.BoardSoftware;
import org.refcam.image.BundleImage;
import org.refcam.image.BundleLimits;
import org.refcam.image.BundleManifest;
import org.refcam.image.BundleVerifier;
import org.refcam.image.InvalidBundleException;
import org.refcam.image.Keyring;
import org.refcam.image.UnverifiedBundle;
import org.refcam.image.VerifiedBundle;
import org.refcam.update.UpdateException.Reason;

/**
 * Streams a bundle into a slot while it verifies it: at most a buffer, the head of the archive and
 * the decompressor's window are in memory. The slot is unbootable from before the first byte until
 * {@link Slots#arm}. Confined to one thread.
 *
 * <p>INV-UPD-3. Nothing is installed that is for another board, whose version is not newer than
 * what runs, or whose security version is below the counter; and this is asked of the signed
 * description, never of the repository. Holds against anyone without a signing key, old genuine
 * bundles included. Does not hold against who can put back an old copy of the counter.
 */
final class Installer {
  private final Slots slots;
  private final BundleLimits limits;
  private final String board;
  private final String revision;
  private final String runningVersion;

  /**
   * @param runningVersion of the software that installs
   */
  Installer(
      Slots slots, BundleLimits limits, String board, String revision, String runningVersion) {
    this.slots = slots;
    this.limits = limits;
    this.board = board;
    this.revision = revision;
    this.runningVersion = runningVersion;
  }

  /**
   * What a bundle's signed description says, if this camera may take it. No image is read.
   *
   * @throws UpdateException BUNDLE, WRONG_BOARD, TOO_OLD
   */
  BundleManifest inspect(Path bundle, Keyring keyring, long counter, Instant time)
      throws IOException, UpdateException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(bundle))) {
      return open(in, keyring, counter, time).manifest();
    }
  }

  /**
   * Verifies and writes the whole bundle.
   *
   * @param slot it is cleared first
   * @throws UpdateException BUNDLE, WRONG_BOARD, TOO_OLD, TOO_LARGE: the slot stays unbootable; as
   *     it was if the description tells that already
   */
  InstalledBundle install(Path bundle, Keyring keyring, long counter, Instant time, SlotName slot)
      throws IOException, UpdateException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(bundle));
        Tap tap = new Tap(file)) {
      VerifiedBundle verified = open(tap, keyring, counter, time);
      SignedHead head = SignedHead.read(new ByteArrayInputStream(tap.stop()));
      BoardSoftware software = verified.manifest().requireFor(board, revision);
      slots.requireRoom(slot, software.images());
      slots.clear(slot);
      verified.readImages(software, image -> slots.open(slot, image));
      return new InstalledBundle(slot, verified.manifest(), head);
    } catch (InvalidBundleException e) {
      throw refusal(e);
    } catch (SlotFullException e) {
      throw tooLarge(e);
    }
  }

  /** As {@link #inspect}, of the first bytes of a bundle: its images for this camera. */
  List<BundleImage> images(byte[] head, Keyring keyring, long counter, Instant time)
      throws IOException, UpdateException {
    BundleManifest manifest =
        open(new ByteArrayInputStream(head), keyring, counter, time).manifest();
    try {
      return manifest.requireFor(board, revision).images();
    } catch (InvalidBundleException e) {
      throw refusal(e);
    }
  }

  /**
   * Puts a bundle together from what was fetched of it and the running slot.
   *
   * @throws UpdateException BUNDLE, WRONG_BOARD, TOO_OLD, TOO_LARGE; WRONG_BYTES if the two do not
   *     fit: then it is to be fetched again
   */
  InstalledBundle installDelta(
      Path delta, Keyring keyring, long counter, Instant time, SlotName slot)
      throws IOException, UpdateException {
    byte[] head = DeltaInstaller.head(delta);
    List<BundleImage> images = images(head, keyring, counter, time);
    BundleManifest manifest =
        open(new ByteArrayInputStream(head), keyring, counter, time).manifest();
    slots.requireRoom(slot, images);
    slots.clear(slot);
    try {
      new DeltaInstaller(slots).install(delta, images, slot);
    } catch (SlotFullException e) {
      throw tooLarge(e);
    }
    return new InstalledBundle(slot, manifest, SignedHead.read(new ByteArrayInputStream(head)));
  }

  private VerifiedBundle open(InputStream in, Keyring keyring, long counter, Instant time)
      throws IOException, UpdateException {
    try {
      VerifiedBundle verified =
          new BundleVerifier(keyring, time).verify(UnverifiedBundle.open(in, limits));
      BundleManifest manifest = verified.manifest();
      manifest.requireFor(board, revision);
      manifest.requireSecurityVersion(counter);
      if (!Version.isNewer(manifest.version(), runningVersion)) {
        throw new UpdateException(
            Reason.TOO_OLD, manifest.version() + " is not newer than " + runningVersion);
      }
      return verified;
    } catch (InvalidBundleException e) {
      throw refusal(e);
    }
  }

  private static UpdateException tooLarge(SlotFullException e) {
    return new UpdateException(Reason.TOO_LARGE, String.valueOf(e.getMessage()), e);
  }

  private static UpdateException refusal(InvalidBundleException e) {
    Reason reason =
        switch (e.reason()) {
          case WRONG_BOARD -> Reason.WRONG_BOARD;
          case OLD_SECURITY_VERSION -> Reason.TOO_OLD;
          default -> Reason.BUNDLE;
        };
    return new UpdateException(reason, String.valueOf(e.getMessage()), e);
  }

  /** Remembers what goes by until it is stopped: the head of the archive. */
  private static final class Tap extends FilterInputStream {
    /** Description, signature, their headers, and what a reader may read ahead. */
    private static final int BYTES_MAX = 1 << 20;

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private boolean open = true;

    Tap(InputStream in) {
      super(in);
    }

    byte[] stop() {
      open = false;
      return taken.toByteArray();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      if (open && n > 0) {
        if (taken.size() > BYTES_MAX) {
          throw new IOException("the head of the bundle is larger than its limits");
        }
        taken.write(bytes, offset, n);
      }
      return n;
    }

    @Override
    public long skip(long count) throws IOException {
      return open ? readNBytes((int) Math.min(count, BYTES_MAX)).length : super.skip(count);
    }
  }
}
