// SPDX-License-Identifier: Apache-2.0
package org.refcam.erase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.refcam.identity.DeviceIdentity;
import org.refcam.keys.DevelopmentFileRoot;
import org.refcam.keys.KeyHierarchy;
import org.refcam.storage.FileWrites;

/** A device whose identity signs, and the facts and times that erasures of it state. */
final class EraseWorkshop {
  static final EraseFacts FACTS =
      new EraseFacts("Generic Linux machine", "0.1.0", "development", "ext4", false);
  static final EraseTime TIME =
      new EraseTime(Instant.parse("2026-11-25T12:00:00Z"), "unsynchronised");

  private final DeviceIdentity identity;

  EraseWorkshop(Path directory) throws IOException {
    SecureRandom random = new SecureRandom();
    FileWrites writes = FileWrites.disk();
    Files.createDirectories(directory);
    KeyHierarchy keys =
        KeyHierarchy.open(
            DevelopmentFileRoot.openOrCreate(directory, writes, random), directory, writes, random);
    identity = DeviceIdentity.openOrCreate(directory, keys, writes, random);
  }

  EraseSigner signer() {
    return new EraseSigner() {
      @Override
      public String serial() {
        return identity.serial();
      }

      @Override
      public List<X509Certificate> chain() {
        return identity.idevid();
      }

      @Override
      public byte[] sign(byte[] message) throws IOException {
        try {
          Signature signature = Signature.getInstance("SHA256withECDSA");
          signature.initSign(identity.privateKey());
          signature.update(message);
          return signature.sign();
        } catch (GeneralSecurityException e) {
          throw new IOException(e);
        }
      }
    };
  }

  DeviceErase erase(Path data, List<DoomedKey> keys, FileWrites writes) {
    return new DeviceErase(
        data, keys, () -> FACTS, signer(), writes, () -> TIME, new SecureRandom());
  }
}
