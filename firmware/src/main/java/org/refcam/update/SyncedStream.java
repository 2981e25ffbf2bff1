// SPDX-License-Identifier: Apache-2.0
package org.refcam.update;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.refcam.storage.AppendFile;
import org.refcam.storage.Storage;

/** A new file whose bytes and name are durable once it is closed. Confined to one thread. */
final class SyncedStream extends OutputStream {
  private final Storage storage;
  private final Path file;
  private final AppendFile append;
  private boolean closed;

  SyncedStream(Storage storage, Path file) throws IOException {
    this.storage = storage;
    this.file = file;
    this.append = storage.create(file);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    append.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (append) {
      append.sync();
    }
    storage.syncDirectory(Storage.parent(file));
  }
}
