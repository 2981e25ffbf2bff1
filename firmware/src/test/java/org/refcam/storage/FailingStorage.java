// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The real disk, of which some steps fail: full, broken or read only. A write that fails leaves its
 * first half.
 */
public final class FailingStorage implements Storage {
  private final Storage real = Storage.disk();
  private int until;
  private int failures;
  private int steps;

  /** Lets that many steps pass and fails the following ones. */
  public void failAfter(int passing, int failing) {
    until = steps + passing;
    failures = failing;
  }

  /** Steps so far, failed ones included. */
  public int steps() {
    return steps;
  }

  private void step() throws IOException {
    if (fails()) {
      throw new IOException("No space left on device (simulated)");
    }
  }

  private boolean fails() {
    int now = steps++;
    return now >= until && now - until < failures;
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    step();
    real.makeDirectory(directory);
  }

  @Override
  public void writeSynced(Path file, byte[] bytes) throws IOException {
    delete(file);
    try (AppendFile fresh = create(file)) {
      fresh.write(bytes);
      fresh.sync();
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    real.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    real.delete(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step();
  }

  @Override
  public AppendFile create(Path file) throws IOException {
    step();
    return new FailingFile(real.create(file));
  }

  @Override
  public AppendFile append(Path file) throws IOException {
    step();
    return new FailingFile(real.append(file));
  }

  private final class FailingFile implements AppendFile {
    private final AppendFile file;

    FailingFile(AppendFile file) {
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (fails()) {
        file.write(bytes, offset, length / 2);
        throw new IOException("No space left on device (simulated)");
      }
      file.write(bytes, offset, length);
    }

    @Override
    public void truncate(long length) throws IOException {
      step();
      file.truncate(length);
    }

    @Override
    public void sync() throws IOException {
      step(); // what does not reach the platters of a test's disk costs it no time
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
