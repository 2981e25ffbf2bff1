// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.refcam.storage.FileWrites;

/**
 * The disk, stopping before its n-th step and at every step after it; a stopped write or overwrite
 * leaves half of its work.
 */
public final class StoppingSteps implements FileWrites, Erasure {
  public static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private int left;

  public StoppingSteps(int steps) {
    this.left = steps;
  }

  void step() throws Stopped {
    if (left-- <= 0) {
      throw new Stopped();
    }
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    step();
    FileWrites.disk().makeDirectory(directory);
  }

  @Override
  public void writeSynced(Path file, byte[] bytes) throws IOException {
    try {
      step();
    } catch (Stopped e) {
      if (left == -1) {
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      }
      throw e;
    }
    FileWrites.disk().writeSynced(file, bytes);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    FileWrites.disk().rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    FileWrites.disk().delete(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step();
    FileWrites.disk().syncDirectory(directory);
  }

  @Override
  public void overwrite(Path file) throws IOException {
    try {
      step();
    } catch (Stopped e) {
      if (left == -1) {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, bytes.length / 2, (byte) 0);
        Files.write(file, bytes);
      }
      throw e;
    }
    Erasure.disk().overwrite(file);
  }

  @Override
  public void discard(Path file) throws IOException {
    step();
    Erasure.disk().discard(file);
  }
}
