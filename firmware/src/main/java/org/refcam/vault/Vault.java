// SPDX-License-Identifier: Apache-2.0
package org.refcam.vault;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.refcam.keys.KeySlot;
import org.refcam.storage.Storage;

/** SIGNATURES ONLY in this commit; the working class follows. Safe for use by many threads. */
public final class Vault implements AutoCloseable {

  /**
   * Opens or makes the vault in a directory, and recovers what power loss left.
   *
   * @throws CorruptVaultException if there are recordings that this slot's key does not open
   */
  public static Vault open(
      Path directory, KeySlot slot, Storage storage, SecureRandom random, VaultSettings settings)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Removes every file of a vault whose slot was destroyed. Idempotent. */
  public static void removeRemains(Path directory, Storage storage) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Begins a clip: its key is durable when this returns. */
  public ClipWriter startClip(ClipStart start) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** What a stream recorded in a range: clips, gaps, events. Includes clips being recorded. */
  public Timeline timeline(String stream, Instant from, Instant to) {
    throw new UnsupportedOperationException();
  }

  /** Streams of which there are recordings. */
  public List<String> streams() {
    throw new UnsupportedOperationException();
  }

  public Optional<ClipInfo> find(ClipId clip) {
    throw new UnsupportedOperationException();
  }

  /** The clips that ended longest ago, oldest first, held and recording ones left out. */
  public List<ClipInfo> oldest(int most) {
    throw new UnsupportedOperationException();
  }

  /** Bytes of all segments on disk. */
  public long totalBytes() {
    throw new UnsupportedOperationException();
  }

  /** Opens a clip at its first picture; a clip being recorded up to its last durable fragment. */
  public ClipReader read(ClipId clip) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The clip's JPEG. */
  public Optional<byte[]> thumbnail(ClipId clip) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Erases clips, held ones too: their keys are destroyed when this returns. One batch, one step.
   */
  public void erase(Collection<ClipId> clips) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Erases every clip that touches the range and is not held; returns what it erased. */
  public List<ClipId> eraseRange(Optional<String> stream, Instant from, Instant to)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Sets or lifts the legal hold. */
  public void hold(ClipId clip, boolean held) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Reads and authenticates every byte of a clip. */
  public List<Finding> verify(ClipId clip) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** All clips. */
  public List<Finding> verify() throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Tries again what a failing disk kept from being done (ending a broken clip, saving the index).
   */
  public void repair() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Ends open clips, saves the index, wipes keys in memory. Idempotent. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
