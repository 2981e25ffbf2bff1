// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.refcam.tuf.TestRepository.EARLIER;
import static org.refcam.tuf.TestRepository.LATER;
import static org.refcam.tuf.TestRepository.NOW;
import static org.refcam.tuf.TestRepository.TARGET;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.refcam.tuf.TufException.Reason;

/**
 * Each attack of the specification's list (1.5.2) on a repository that is sound but for the attack.
 * Every test first sees the sound form accepted, or bends a repository that another test does.
 */
class TufAttacksTest {
  @Test
  void soundRepository_isTrustedAndStored() throws Exception {
    TestRepository repository = TestRepository.sound();
    Updater updater = repository.updater();
    updater.refresh();
    assertThat(updater.findTarget(TARGET)).isPresent();
    assertThat(repository.stored)
        .containsOnlyKeys("root.json", "timestamp.json", "snapshot.json", "targets.json");
    repository.refresh();
  }

  @ParameterizedTest
  @EnumSource(TopLevelRole.class)
  @DisplayName("INV-TUF-1 arbitrary software: a stranger's signature is refused for every role")
  void arbitrarySoftware_strangersSignature_isRefused(TopLevelRole role) throws Exception {
    TestRepository repository = TestRepository.sound();
    repository.refresh();
    repository.bumpAll();
    repository.bump(TopLevelRole.ROOT);
    repository.publishRoot();
    repository.publish();
    TestSigner stranger = TestSigner.ed25519();
    TestSigner real = repository.signersOf(role).get(0);
    // The stranger even claims the real key's name.
    repository.signers.put(role, List.of(stranger.as(real.key())));
    if (role == TopLevelRole.ROOT) {
      repository.publishRoot();
    } else {
      repository.publish();
    }
    Map<String, byte[]> before = new HashMap<>(repository.stored);
    assertRefused(Reason.SIGNATURE_THRESHOLD, repository::refresh);
    assertThat(repository.stored.get(role.fileName())).isEqualTo(before.get(role.fileName()));
  }

  @Test
  void arbitrarySoftware_oneBitOfSignedPart_isRefused() throws Exception {
    TestRepository repository = TestRepository.sound();
    byte[] bytes = repository.file("timestamp.json");
    String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    repository.files.put(
        "timestamp.json",
        text.replace("\"version\" : 1", "\"version\" : 2")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertRefused(Reason.SIGNATURE_THRESHOLD, repository::refresh);
  }

  @Test
  @DisplayName("INV-TUF-2 rollback: older timestamp, snapshot and targets are refused")
  void rollback_timestampOlder_isRefused() throws Exception {
    TestRepository repository = TestRepository.sound();
    byte[] old = repository.file("timestamp.json");
    repository.bumpAll();
    repository.publish();
    repository.refresh();
    repository.files.put("timestamp.json", old);
    assertRefused(Reason.ROLLBACK, repository::refresh);

    repository = TestRepository.sound();
    repository.versions.put(TopLevelRole.SNAPSHOT, 5L);
    repository.publish();
    repository.refresh();
    repository.versions.put(TopLevelRole.SNAPSHOT, 4L);
    repository.bump(TopLevelRole.TIMESTAMP);
    repository.publish();
    assertRefused(Reason.ROLLBACK, repository::refresh);
  }

  @Test
  void rollback_targetsOlderInNewSnapshot_isRefused() throws Exception {
    TestRepository repository = TestRepository.sound();
    repository.versions.put(TopLevelRole.TARGETS, 7L);
    repository.publish();
    repository.refresh();
    repository.bumpAll();
    repository.versions.put(TopLevelRole.TARGETS, 6L);
    repository.publish();
    assertRefused(Reason.ROLLBACK, repository::refresh);
  }

  @Test
  void rollback_fileVanishesFromSnapshot_isRefused() throws Exception {
    TestRepository repository = TestRepository.sound();
    repository.meta.put("extra.json", new MetaFile(1, OptionalLong.empty(), Map.of()));
    repository.publish();
    repository.refresh();
    repository.meta.remove("extra.json");
    repository.bumpAll();
    repository.publish();
    assertRefused(Reason.ROLLBACK, repository::refresh);
  }

  @Test
  void rollback_rootVersionNotNext_isRefused() throws Exception {
    TestRepository repository = TestRepository.sound();
    repository.versions.put(TopLevelRole.ROOT, 3L);
    repository.publishRoot();
    repository.files.put("2.root.json", repository.file("3.root.json"));
    assertRefused(Reason.ROLLBACK, repository::refresh);
    repository.files.put("2.root.json", repository.file("1.root.json"));
    assertRefused(Reason.ROLLBACK, repository::refresh);
  }

  @ParameterizedTest
  @EnumSource(TopLevelRole.class)
  void indefiniteFreeze_expiredRole_isRefused(TopLevelRole role) throws Exception {
    TestRepository repository = TestRepository.sound();
    repository.expires.put(role, EARLIER);
    repository.bump(TopLevelRole.ROOT);
    repository.publishRoot();
    repository.publish();
    assertRefused(Reason.EXPIRED, repository::refresh);
    // The same files at an earlier reference time are fine: only the time refused them.
    repository.updater(EARLIER.minusSeconds(1)).refresh();
    // And the very second of expiry is too late.
    assertRefused(Reason.EXPIRED, () -> repository.updater(EARLIER).refresh());
  }

  @Test
  void indefiniteFreeze_sameTimestampForEver_endsAtItsExpiry() throws Exception {
    TestRepository repository = TestRepository.sound();
    repository.expires.put(TopLevelRole.TIMESTAMP, NOW.plusSeconds(60));
    repository.publish();
    repository.refresh();
    assertRefused(Reason.EXPIRED, () -> repository.updater(NOW.plusSeconds(61)).refresh());
  }

  @Test
  void mixAndMatch_snapshotOfAnotherTime_isRefused() throws Exception {
    TestRepository repository = TestRepository.sound();
    byte[] oldSnapshot = repository.file("1.snapshot.json");
    repository.bumpAll();
    repository.putTarget("stable/other.swu", new byte[3]);
    repository.publish();
    repository.files.put("2.snapshot.json", oldSnapshot);
    assertRefused(Reason.HASH_MISMATCH, repository::refresh);
    // The same where the timestamp lists no hash: the version gives it away.
    repository.bump(TopLevelRole.TIMESTAMP);
    repository.publishTimestamp(new MetaFile(2, OptionalLong.empty(), Map.of()));
    assertRefused(Reason.VERSION_MISMATCH, repository::refresh);
  }

  @Test
  void mixAndMatch_targetsOfAnotherTime_isRefused() throws Exception {
    TestRepository repository = TestRepository.sound();
    byte[] oldTargets = repository.file("1.targets.json");
    repository.bumpAll();
    repository.publish();
    repository.files.put("2.targets.json", oldTargets);
    assertRefused(Reason.HASH_MISMATCH, repository::refresh);
    repository.meta.put("targets.json", new MetaFile(2, OptionalLong.empty(), Map.of()));
    repository.bump(TopLevelRole.SNAPSHOT, TopLevelRole.TIMESTAMP);
    repository.publishSnapshot();
    repository.publishTimestamp();
    assertRefused(Reason.VERSION_MISMATCH, repository::refresh);
  }

  @ParameterizedTest
  @EnumSource(TopLevelRole.class)
  void endlessData_everyRole_endsAtItsBound(TopLevelRole role) throws Exception {
    TestRepository repository = TestRepository.sound();
    Endless endless = new Endless();
    String name =
        role == TopLevelRole.ROOT
            ? "2.root.json"
            : role == TopLevelRole.TIMESTAMP ? "timestamp.json" : "1." + role.fileName();
    Repository attacked = n -> n.equals(name) ? Optional.of(endless) : repository.open(n);
    Updater updater = new Updater(attacked, repository, Limits.DEFAULT, Clock.systemUTC(), NOW);
    assertRefused(Reason.TOO_LARGE, updater::refresh);
    assertThat(endless.taken).isLessThan(Limits.DEFAULT.targetsBytes() + 100_000L);
  }

  @Test
  @DisplayName("INV-TUF-3 endless data and wrong software: a target is whole only as listed")
  void endlessDataAndWrongSoftware_target_isWholeOnlyAsListed() throws Exception {
    TargetFile target = TestRepository.target(TARGET, TestRepository.CONTENT);
    byte[] content = TestRepository.CONTENT;
    TargetCheck good = target.check();
    good.update(content, 0, content.length);
    good.finish();

    TargetCheck tooMany = target.check();
    tooMany.update(content, 0, content.length);
    assertRefused(Reason.TOO_LARGE, () -> tooMany.update(content, 0, 1));

    TargetCheck cut = target.check();
    cut.update(content, 0, content.length - 1);
    assertRefused(Reason.HASH_MISMATCH, cut::finish);

    byte[] other = content.clone();
    other[0] ^= 1;
    TargetCheck changed = target.check();
    changed.update(other, 0, other.length);
    assertRefused(Reason.HASH_MISMATCH, changed::finish);

    TargetCheck unknown = new TargetFile(TARGET, content.length, Map.of("sha1", "00")).check();
    unknown.update(content, 0, content.length);
    assertRefused(Reason.HASH_MISMATCH, unknown::finish);
  }

  @Test
  void slowRetrieval_aByteAMinute_isRefused() throws Exception {
    TestRepository repository = TestRepository.sound();
    Instant[] now = {NOW};
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now[0];
          }
        };
    InputStream slow =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            now[0] = now[0].plus(Duration.ofMinutes(1));
            bytes[offset] = ' ';
            return 1;
          }
        };
    Repository attacked =
        name -> name.equals("timestamp.json") ? Optional.of(slow) : repository.open(name);
    Updater updater = new Updater(attacked, repository, Limits.DEFAULT, clock, NOW);
    assertRefused(Reason.TOO_SLOW, updater::refresh);
  }

  @Test
  void extraneousDependencies_delegatedRoleOutsideItsPaths_isNotFound() throws Exception {
    TestRepository repository = TestRepository.sound();
    TestSigner vendor = TestSigner.ed25519();
    RoleKeys keys = new RoleKeys(List.of(vendor.key().keyId()), 1);
    TargetFile inside = TestRepository.target("vendor/a.swu", new byte[1]);
    TargetFile outside = TestRepository.target("core/b.swu", new byte[1]);
    repository.delegate(
        new DelegatedRole("vendor", keys, false, List.of("vendor/*"), List.of()),
        vendor,
        new TargetsMetadata(
            1, LATER, Map.of(inside.path(), inside, outside.path(), outside), Map.of(), List.of()));
    repository.publish();
    Updater updater = repository.updater();
    updater.refresh();
    assertThat(updater.findTarget("vendor/a.swu")).contains(inside);
    assertThat(updater.findTarget("core/b.swu")).isEmpty();
  }

  @Test
  void maliciousMirror_withholdsAFile_isReportedAndHarmless() throws Exception {
    TestRepository repository = TestRepository.sound();
    repository.refresh();
    repository.bumpAll();
    repository.publish();
    repository.files.remove("2.snapshot.json");
    assertRefused(Reason.UNAVAILABLE, repository::refresh);
    // The client is not stuck: once the mirror behaves it goes on.
    repository.publish();
    repository.refresh();
  }

  @Test
  void fastForward_recoversByRotatingTimestampAndSnapshotKeys() throws Exception {
    TestRepository repository = TestRepository.sound();
    // The thief of timestamp and snapshot keys publishes the largest versions there are.
    repository.versions.put(TopLevelRole.TIMESTAMP, Long.MAX_VALUE);
    repository.versions.put(TopLevelRole.SNAPSHOT, Long.MAX_VALUE);
    repository.publish();
    repository.refresh();
    // Recovery: new keys, versions start small again.
    repository.rotate(TopLevelRole.TIMESTAMP);
    repository.rotate(TopLevelRole.SNAPSHOT);
    repository.versions.put(TopLevelRole.TIMESTAMP, 2L);
    repository.versions.put(TopLevelRole.SNAPSHOT, 2L);
    repository.publish();
    repository.refresh();
    assertThat(repository.updater().trusted().root().version()).isEqualTo(3);
  }

  @Test
  void fastForward_recoversThoughTheStolenKeyStays_whenAKeyIsAdded() throws Exception {
    TestRepository repository = TestRepository.sound();
    repository.versions.put(TopLevelRole.TIMESTAMP, Long.MAX_VALUE);
    repository.publish();
    repository.refresh();
    TestSigner old = repository.signersOf(TopLevelRole.TIMESTAMP).get(0);
    repository.signers.put(TopLevelRole.TIMESTAMP, List.of(old, TestSigner.ed25519()));
    repository.bump(TopLevelRole.ROOT);
    repository.publishRoot();
    repository.versions.put(TopLevelRole.TIMESTAMP, 2L);
    repository.publish();
    repository.refresh();
  }

  @Test
  void keyCompromise_lessThanThreshold_isRefused() throws Exception {
    TestRepository repository =
        TestRepository.sound(KeyScheme.ED25519, KeyScheme.ECDSA_SHA2_NISTP256);
    repository.refresh();
    repository.bumpAll();
    List<TestSigner> both = repository.signersOf(TopLevelRole.TARGETS);
    repository.signers.put(TopLevelRole.TARGETS, both.subList(0, 1));
    repository.publish();
    assertRefused(Reason.SIGNATURE_THRESHOLD, repository::refresh);
  }

  @Test
  void keyCompromise_oneKeyUnderTwoIdsOrTwoSignatures_countsOnce() throws Exception {
    TestRepository repository = TestRepository.sound();
    TestSigner key = repository.signersOf(TopLevelRole.TIMESTAMP).get(0);
    // The same ECDSA key spelled with the older key type has another id.
    TestSigner ecdsa = TestSigner.make(KeyScheme.ECDSA_SHA2_NISTP256);
    TestSigner twin =
        ecdsa.as(
            new TufKey("ecdsa-sha2-nistp256", ecdsa.key().scheme(), ecdsa.key().publicValue()));
    repository.signers.put(TopLevelRole.TIMESTAMP, List.of(ecdsa, twin));
    repository.threshold = 2;
    repository.bump(TopLevelRole.ROOT);
    repository.publishRoot();
    repository.bumpAll();
    repository.publish();
    assertRefused(Reason.SIGNATURE_THRESHOLD, repository::refresh);
    repository.signers.put(TopLevelRole.TIMESTAMP, List.of(key, key));
    repository.publish();
    assertRefused(Reason.MALFORMED, repository::refresh);
  }

  static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatExceptionOfType(TufException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
  }

  /** Spaces without end. */
  private static final class Endless extends InputStream {
    private long taken;

    @Override
    public int read() throws IOException {
      taken++;
      return ' ';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      java.util.Arrays.fill(bytes, offset, offset + length, (byte) ' ');
      taken += length;
      return length;
    }
  }
}
