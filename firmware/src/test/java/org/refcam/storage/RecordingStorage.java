// SPDX-License-Identifier: Apache-2.0
package org.refcam.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The real disk, telling of every step what it did, as a change of a {@link RecordedDisk}. A sync
 * is told, not done: the power is cut in the model only.
 */
final class RecordingStorage implements Storage {
  private final Path root;
  private final Consumer<PowerCut.Change> record;
  private long handles;

  RecordingStorage(Path root, Consumer<PowerCut.Change> record) {
    this.root = root;
    this.record = record;
  }

  private String name(Path path) {
    return root.relativize(path).toString();
  }

  private void record(String what, Consumer<RecordedDisk> change) {
    record.accept(new PowerCut.Change(what, change));
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null && !parent.equals(root)) {
      makeDirectory(parent);
    }
    Storage.disk().makeDirectory(directory);
    String name = name(directory);
    record("make " + name + "/", disk -> disk.makeDirectory(name));
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
    Storage.disk().rename(from, to);
    String source = name(from);
    String target = name(to);
    record("rename " + source + " " + target, disk -> disk.rename(source, target));
  }

  @Override
  public void delete(Path file) throws IOException {
    if (Files.exists(file)) {
      Storage.disk().delete(file);
      String name = name(file);
      record("delete " + name, disk -> disk.delete(name));
    }
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    String name = name(directory);
    record("sync " + name + "/", disk -> disk.syncDirectory(name));
  }

  @Override
  public AppendFile create(Path file) throws IOException {
    AppendFile real = Storage.disk().create(file);
    String name = name(file);
    long handle = ++handles;
    record("create " + name, disk -> disk.create(name, handle));
    return new RecordingFile(name, handle, real);
  }

  @Override
  public AppendFile append(Path file) throws IOException {
    AppendFile real = Storage.disk().append(file);
    String name = name(file);
    long handle = ++handles;
    record("open " + name, disk -> disk.open(name, handle));
    return new RecordingFile(name, handle, real);
  }

  private final class RecordingFile implements AppendFile {
    private final String name;
    private final long handle;
    private final AppendFile real;

    RecordingFile(String name, long handle, AppendFile real) {
      this.name = name;
      this.handle = handle;
      this.real = real;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      long at = real.size();
      real.write(bytes, offset, length);
      byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
      record("write " + name + " " + length, disk -> disk.write(handle, at, copy));
    }

    @Override
    public void truncate(long length) throws IOException {
      real.truncate(length);
      record("truncate " + name, disk -> disk.truncate(handle, length));
    }

    @Override
    public void sync() throws IOException {
      record("sync " + name, disk -> disk.sync(handle));
    }

    @Override
    public long size() {
      return real.size();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
