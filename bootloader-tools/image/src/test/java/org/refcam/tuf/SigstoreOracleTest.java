// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sigstore.tuf.Fetcher;
import dev.sigstore.tuf.FileSystemTufStore;
import dev.sigstore.tuf.MetaFetcher;
import dev.sigstore.tuf.RootProvider;
import dev.sigstore.tuf.SignatureVerificationException;
import dev.sigstore.tuf.TrustedMetaStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another project's TUF client reads what our writer wrote, and refuses what ours refuses. */
class SigstoreOracleTest {
  @TempDir Path directory;

  @Test
  void sigstoreClient_readsOurRepository() throws Exception {
    TestRepository repository =
        TestRepository.sound(KeyScheme.ED25519, KeyScheme.ECDSA_SHA2_NISTP256);
    repository.rotate(TopLevelRole.SNAPSHOT);
    repository.publish();
    client(repository).update();
    FileSystemTufStore store =
        FileSystemTufStore.newFileSystemStore(
            directory.resolve("meta"), directory.resolve("targets"));
    assertThat(store.readTarget(TestRepository.TARGET)).isEqualTo(TestRepository.CONTENT);
  }

  @Test
  void sigstoreClient_refusesAThresholdNotMet_asOursDoes() throws Exception {
    TestRepository repository =
        TestRepository.sound(KeyScheme.ED25519, KeyScheme.ECDSA_SHA2_NISTP256);
    repository.signers.put(
        TopLevelRole.TARGETS, repository.signersOf(TopLevelRole.TARGETS).subList(0, 1));
    repository.publish();
    assertThatThrownBy(() -> client(repository).update())
        .isInstanceOf(SignatureVerificationException.class);
    TufAttacksTest.assertRefused(TufException.Reason.SIGNATURE_THRESHOLD, repository::refresh);
  }

  private dev.sigstore.tuf.Updater client(TestRepository repository) throws Exception {
    Path root = Files.write(directory.resolve("root.json"), repository.file("1.root.json"));
    Path meta = Files.createDirectories(directory.resolve("meta"));
    Path targets = Files.createDirectories(directory.resolve("targets"));
    FileSystemTufStore store = FileSystemTufStore.newFileSystemStore(meta, targets);
    return dev.sigstore.tuf.Updater.builder()
        .setClock(Clock.fixed(TestRepository.NOW, ZoneOffset.UTC))
        .setVerifiers(dev.sigstore.tuf.encryption.Verifiers::newVerifier)
        .setTrustedMetaStore(TrustedMetaStore.newTrustedMetaStore(store))
        .setTargetStore(store)
        .setTrustedRootPath(RootProvider.fromFile(root))
        .setMetaFetcher(MetaFetcher.newFetcher(new Memory(repository)))
        .setTargetFetcher(new Memory(repository))
        .build();
  }

  /** Serves the repository's metadata, and its one target under any name that ends like it. */
  private record Memory(TestRepository repository) implements Fetcher {
    @Override
    public String getSource() {
      return "memory";
    }

    @Override
    @SuppressWarnings("NullAway") // null is how this interface says "not found"
    public byte[] fetchResource(String name, int bytesMax) {
      return name.endsWith(".swu") ? TestRepository.CONTENT : repository.files.get(name);
    }
  }
}
