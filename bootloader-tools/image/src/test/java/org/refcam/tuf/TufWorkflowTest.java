// SPDX-License-Identifier: Apache-2.0
package org.refcam.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.refcam.tuf.TestRepository.LATER;
import static org.refcam.tuf.TestRepository.NOW;
import static org.refcam.tuf.TestRepository.TARGET;
import static org.refcam.tuf.TufAttacksTest.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.refcam.tuf.TufException.Reason;

/** The client workflow where nobody attacks, and the rules that are ours. */
class TufWorkflowTest {
  @ParameterizedTest
  @EnumSource(KeyScheme.class)
  void everyScheme_signsAndIsTrusted(KeyScheme scheme) throws Exception {
    TestRepository repository = TestRepository.sound(scheme);
    repository.refresh();
    assertThat(repository.updater().trusted().root().keys().values())
        .allSatisfy(key -> assertThat(key.knownScheme()).contains(scheme));
  }

  @Test
  void olderEcdsaKeyType_isTrustedToo() throws Exception {
    TestRepository repository = TestRepository.sound(KeyScheme.ECDSA_SHA2_NISTP256);
    TestSigner key = repository.signersOf(TopLevelRole.TIMESTAMP).get(0);
    TufKey old = new TufKey("ecdsa-sha2-nistp256", key.key().scheme(), key.key().publicValue());
    repository.signers.put(TopLevelRole.TIMESTAMP, List.of(key.as(old)));
    repository.bump(TopLevelRole.ROOT);
    repository.publishRoot();
    repository.publish();
    repository.refresh();
  }

  @Test
  void rootChain_everyRotationIsTaken() throws Exception {
    TestRepository repository = TestRepository.sound();
    for (int i = 0; i < 5; i++) {
      repository.rotate(TopLevelRole.ROOT);
    }
    repository.rotate(TopLevelRole.TARGETS);
    repository.publish();
    repository.refresh();
    assertThat(repository.updater().trusted().root().version()).isEqualTo(7);
    assertThat(repository.stored.get("root.json")).isEqualTo(repository.file("7.root.json"));
  }

  @Test
  void rootSignedByNewKeysOnlyOrOldKeysOnly_isRefused() throws Exception {
    TestRepository repository = TestRepository.sound();
    TestSigner old = repository.signersOf(TopLevelRole.ROOT).get(0);
    repository.signers.put(TopLevelRole.ROOT, List.of(TestSigner.ed25519()));
    repository.bump(TopLevelRole.ROOT);
    repository.publishRoot();
    assertRefused(Reason.SIGNATURE_THRESHOLD, repository::refresh);
    repository.files.put("2.root.json", MetadataWriter.write(repository.root(), List.of(old)));
    assertRefused(Reason.SIGNATURE_THRESHOLD, repository::refresh);
  }

  @Test
  void intermediateRootExpired_isTaken_onlyTheLastMatters() throws Exception {
    TestRepository repository = TestRepository.sound();
    repository.expires.put(TopLevelRole.ROOT, TestRepository.EARLIER);
    repository.bump(TopLevelRole.ROOT);
    repository.publishRoot();
    repository.expires.put(TopLevelRole.ROOT, LATER);
    repository.bump(TopLevelRole.ROOT);
    repository.publishRoot();
    repository.refresh();
  }

  @Test
  void rootRotations_endAtTheLimit_andGoOnNextTime() throws Exception {
    TestRepository repository = TestRepository.sound();
    for (int i = 0; i < 6; i++) {
      repository.bump(TopLevelRole.ROOT);
      repository.publishRoot();
    }
    Limits few = new Limits(512_000, 64_000, 64_000, 64_000, 4, 4, java.time.Duration.ofMinutes(1));
    Updater updater = new Updater(repository, repository, few, java.time.Clock.systemUTC(), NOW);
    updater.refresh();
    assertThat(updater.trusted().root().version()).isEqualTo(5);
    repository.refresh();
    assertThat(repository.updater().trusted().root().version()).isEqualTo(7);
  }

  @Test
  @DisplayName("INV-TUF-1 hybrid role: two classical or two post-quantum signatures do not do")
  void hybridRole_needsBothFamilies() throws Exception {
    TestRepository repository = TestRepository.sound(KeyScheme.ED25519, KeyScheme.ML_DSA_65);
    repository.families = Map.of(KeyFamily.CLASSICAL, 1, KeyFamily.POST_QUANTUM, 1);
    List<TestSigner> all = new ArrayList<>(repository.signersOf(TopLevelRole.TIMESTAMP));
    all.add(TestSigner.ed25519());
    all.add(TestSigner.make(KeyScheme.ML_DSA_65));
    repository.signers.put(TopLevelRole.TIMESTAMP, all);
    repository.bump(TopLevelRole.ROOT);
    repository.publishRoot();
    repository.publish();
    repository.refresh();

    for (int[] pair : new int[][] {{0, 2}, {1, 3}}) {
      repository.signers.put(TopLevelRole.TIMESTAMP, List.of(all.get(pair[0]), all.get(pair[1])));
      repository.bump(TopLevelRole.TIMESTAMP);
      repository.publishTimestamp();
      assertRefused(Reason.SIGNATURE_THRESHOLD, repository::refresh);
    }
    repository.signers.put(TopLevelRole.TIMESTAMP, List.of(all.get(2), all.get(3)));
    repository.publishTimestamp();
    repository.refresh();
  }

  @Test
  void unknownKeyTypeBesideOurs_isPassedOver() throws Exception {
    TestRepository repository = TestRepository.sound();
    RootMetadata root = repository.root();
    Map<String, TufKey> keys = new java.util.HashMap<>(root.keys());
    keys.put("future", new TufKey("falcon", "falcon-512", "???"));
    keys.put("broken", new TufKey("ed25519", "ed25519", "zz"));
    Map<TopLevelRole, RoleKeys> roles = new java.util.EnumMap<>(root.roles());
    List<String> ids = new ArrayList<>(root.role(TopLevelRole.TARGETS).keyIds());
    ids.add(0, "future");
    ids.add(0, "broken");
    roles.put(TopLevelRole.TARGETS, new RoleKeys(ids, 1));
    repository.files.put(
        "2.root.json",
        MetadataWriter.write(
            new RootMetadata(2, LATER, true, keys, roles),
            repository.signersOf(TopLevelRole.ROOT)));
    repository.refresh();
  }

  @Test
  void withoutConsistentSnapshots_plainNamesAreFetched() throws Exception {
    TestRepository repository = TestRepository.sound();
    repository.consistent = false;
    repository.bump(TopLevelRole.ROOT);
    repository.publishRoot();
    repository.publish();
    repository.asked.clear();
    Updater updater = repository.updater();
    updater.refresh();
    assertThat(repository.asked)
        .containsExactly(
            "2.root.json", "3.root.json", "timestamp.json", "snapshot.json", "targets.json");
    assertThat(updater.targetName(updater.findTarget(TARGET).orElseThrow())).isEqualTo(TARGET);
  }

  @Test
  void withConsistentSnapshots_targetNameCarriesItsHash() throws Exception {
    TestRepository repository = TestRepository.sound();
    Updater updater = repository.updater();
    updater.refresh();
    TargetFile target = updater.findTarget(TARGET).orElseThrow();
    assertThat(updater.targetName(target))
        .isEqualTo("stable/" + target.hashes().get("sha256") + ".camera.swu");
  }

  @Test
  void cutOffAfterAnyStoredFile_theNextUpdateCompletes() throws Exception {
    for (int steps = 0; steps < 4; steps++) {
      TestRepository repository = TestRepository.sound();
      repository.rotate(TopLevelRole.TIMESTAMP);
      repository.publish();
      int[] left = {steps};
      MetadataStore failing =
          new MetadataStore() {
            @Override
            public java.util.Optional<byte[]> read(String name) {
              return repository.read(name);
            }

            @Override
            public void write(String name, byte[] bytes) throws java.io.IOException {
              if (left[0]-- == 0) {
                throw new java.io.IOException("power cut");
              }
              repository.write(name, bytes);
            }

            @Override
            public void delete(String name) {
              repository.delete(name);
            }
          };
      Updater cut =
          new Updater(repository, failing, Limits.DEFAULT, java.time.Clock.systemUTC(), NOW);
      org.assertj.core.api.Assertions.assertThatIOException().isThrownBy(cut::refresh);
      repository.refresh();
      assertThat(repository.stored).hasSize(4);
    }
  }

  @Test
  void delegations_preOrderTerminatingCyclesAndLimit() throws Exception {
    TestRepository repository = TestRepository.sound();
    TestSigner key = TestSigner.ed25519();
    RoleKeys keys = new RoleKeys(List.of(key.key().keyId()), 1);
    Map<String, TufKey> known = Map.of(key.key().keyId(), key.key());
    TargetFile deep = TestRepository.target("p/deep", new byte[] {1});
    TargetFile late = TestRepository.target("p/late", new byte[] {2});
    DelegatedRole a = new DelegatedRole("a", keys, false, List.of("p/*"), List.of());
    DelegatedRole b = new DelegatedRole("b", keys, true, List.of("p/*"), List.of());
    DelegatedRole c = new DelegatedRole("c", keys, false, List.of("p/*"), List.of());
    // a -> d (cycle back to a), b terminates, c is never asked.
    DelegatedRole d = new DelegatedRole("d", keys, false, List.of("p/*"), List.of());
    repository.delegate(a, key, new TargetsMetadata(1, LATER, Map.of(), known, List.of(d)));
    repository.delegate(b, key, new TargetsMetadata(1, LATER, Map.of(), Map.of(), List.of()));
    repository.delegate(
        c, key, new TargetsMetadata(1, LATER, Map.of(late.path(), late), Map.of(), List.of()));
    repository.publishDelegated(
        "d", key, new TargetsMetadata(1, LATER, Map.of(deep.path(), deep), known, List.of(a)));
    repository.publish();
    Updater updater = repository.updater();
    updater.refresh();
    assertThat(updater.findTarget("p/deep")).contains(deep);
    repository.asked.clear();
    assertThat(updater.findTarget("p/late")).isEmpty();
    assertThat(repository.asked).containsExactly("1.b.json");
    assertThat(updater.findTarget("elsewhere")).isEmpty();
  }

  @Test
  void delegation_byPathHash_andStrangeName() throws Exception {
    TestRepository repository = TestRepository.sound();
    TestSigner key = TestSigner.ed25519();
    RoleKeys keys = new RoleKeys(List.of(key.key().keyId()), 1);
    String path = "bins/x";
    String hash = HexFormat.of().formatHex(Hashes.sha256(path.getBytes(StandardCharsets.UTF_8)));
    TargetFile target = TestRepository.target(path, new byte[1]);
    repository.delegate(
        new DelegatedRole("../b?n", keys, false, List.of(), List.of(hash.substring(0, 2))),
        key,
        new TargetsMetadata(1, LATER, Map.of(path, target), Map.of(), List.of()));
    repository.publish();
    Updater updater = repository.updater();
    updater.refresh();
    assertThat(updater.findTarget(path)).contains(target);
    assertThat(repository.stored).containsKey("..%2Fb%3Fn.json");
  }

  @Test
  void delegatedRole_signedByAnotherKey_isRefused() throws Exception {
    TestRepository repository = TestRepository.sound();
    TestSigner key = TestSigner.ed25519();
    RoleKeys keys = new RoleKeys(List.of(key.key().keyId()), 1);
    TargetsMetadata empty = new TargetsMetadata(1, LATER, Map.of(), Map.of(), List.of());
    repository.delegate(new DelegatedRole("v", keys, false, List.of("*"), List.of()), key, empty);
    repository.publishDelegated("v", TestSigner.ed25519().as(key.key()), empty);
    repository.publish();
    Updater updater = repository.updater();
    updater.refresh();
    assertRefused(Reason.SIGNATURE_THRESHOLD, () -> updater.findTarget("x"));
  }

  @Test
  void delegatedRole_trustedThroughOneParent_isNotTrustedThroughAnother() throws Exception {
    TestRepository repository = TestRepository.sound();
    TestSigner parent = TestSigner.ed25519();
    TestSigner good = TestSigner.ed25519();
    TestSigner other = TestSigner.ed25519();
    TargetFile a = TestRepository.target("a/x", new byte[1]);
    TargetFile b = TestRepository.target("b/x", new byte[1]);
    for (String side : List.of("a", "b")) {
      TestSigner child = side.equals("a") ? good : other;
      DelegatedRole shared =
          new DelegatedRole(
              "shared",
              new RoleKeys(List.of(child.key().keyId()), 1),
              false,
              List.of(side + "/*"),
              List.of());
      repository.delegate(
          new DelegatedRole(
              "parent-" + side,
              new RoleKeys(List.of(parent.key().keyId()), 1),
              false,
              List.of(side + "/*"),
              List.of()),
          parent,
          new TargetsMetadata(
              1, LATER, Map.of(), Map.of(child.key().keyId(), child.key()), List.of(shared)));
    }
    repository.publishDelegated(
        "shared",
        good,
        new TargetsMetadata(1, LATER, Map.of("a/x", a, "b/x", b), Map.of(), List.of()));
    repository.publish();
    Updater updater = repository.updater();
    updater.refresh();
    assertThat(updater.findTarget("a/x")).contains(a);
    assertRefused(Reason.SIGNATURE_THRESHOLD, () -> updater.findTarget("b/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "targets/*.tgz, targets/foo.tgz, true",
    "targets/*.tgz, targets/foo.txt, false",
    "foo-version-?.tgz, foo-version-a.tgz, true",
    "foo-version-?.tgz, foo-version-alpha.tgz, false",
    "*.tgz, foo.tgz, true",
    "*.tgz, targets/foo.tgz, false",
    "a*b*c, aXbYbZc, true",
    "a*b*c, aXc, false",
    "*, '', true",
    "a/*, a/, true",
    "a/*, a, false"
  })
  void pathPattern_asTheSpecificationsExamples(String pattern, String path, boolean matches) {
    assertThat(PathPattern.matches(pattern, path)).isEqualTo(matches);
  }

  @Test
  void pathPattern_manyStars_isNotSlow() {
    assertThat(PathPattern.matches("*a".repeat(2000), "a".repeat(4000) + "b")).isFalse();
  }

  @Test
  void metadata_changedAtRandom_isRefusedOrHasTheSameMeaning() throws Exception {
    TestRepository repository = TestRepository.sound();
    byte[] good = repository.file("timestamp.json");
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      TrustedMetadataSet set =
          new TrustedMetadataSet(repository.file("1.root.json"), NOW, Limits.DEFAULT);
      set.finishRoot();
      try {
        set.updateTimestamp(bad);
        // White space is not signed; the values must be the signed ones.
        assertThat(set.snapshotListing().version()).isEqualTo(1);
      } catch (TufException expected) {
        assertThat(expected.reason())
            .isIn(Reason.MALFORMED, Reason.SIGNATURE_THRESHOLD, Reason.ROLLBACK);
      }
    }
  }
}
