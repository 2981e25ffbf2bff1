// SPDX-License-Identifier: Apache-2.0
package org.refcam.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.refcam.bytes.ByteRegion;
import org.refcam.chain.Link.Verdict;
import org.refcam.fit.FitPadding;
import org.refcam.fit.FitPublicKey;
import org.refcam.fit.FitSigner;
import org.refcam.fit.TestFit;
import org.refcam.fit.TestKeys;

class LoaderPartitionTest {
  private static final PublicKey BOOT = TestKeys.RSA2048.getPublic();
  private static final PublicKey LOADER = TestKeys.RSA_OTHER.getPublic();
  private static final FitSigner LOADER_SIGNER =
      TestKeys.signer("pi", TestKeys.RSA_OTHER, FitPadding.PKCS1_1_5);

  @TempDir Path directory;
  private TestCard card;
  private byte[] boot;
  private byte[] uBoot;

  @BeforeEach
  void card() throws Exception {
    card = new TestCard(directory);
    boot = card.fit(card.commandLine(), TestCard.bareInitramfs(), TestCard.SIGNER);
    uBoot = TestCard.uBoot(new FitPublicKey("release", BOOT));
  }

  @Test
  void signedLoader_bothKeys_verified() throws Exception {
    CardReport report = verify(card.signedLoader(uBoot, LOADER_SIGNER), Optional.of(LOADER));
    assertThat(found(report)).containsExactly("loader signature VERIFIED", "loader key VERIFIED");
    assertThat(report.isVerified()).isTrue();
  }

  @Test
  void signedLoader_noKeyGiven_saysThatNobodyAsked() throws Exception {
    CardReport report = verify(card.signedLoader(uBoot, LOADER_SIGNER), Optional.empty());
    assertThat(found(report))
        .containsExactly("loader signature CONSISTENT", "loader key CONSISTENT");
    assertThat(report.links().get(1).detail()).contains("was not asked");
  }

  @Test
  void plainLoader_isConsistentAndNoMore() throws Exception {
    CardReport report = verify(card.plainLoader(uBoot), Optional.empty());
    assertThat(found(report))
        .containsExactly("loader signature CONSISTENT", "loader key CONSISTENT");
    assertThat(report.links().get(1).detail()).contains("nobody verifies");
    assertThat(report.isVerified()).isTrue();
  }

  @Test
  @DisplayName("INV-CHAIN-1 a boot loader that is not signed, or takes another key, is refused")
  void badLoaders_areRefused() throws Exception {
    byte[] otherKey = TestCard.uBoot(new FitPublicKey("release", LOADER));
    byte[] noKey = TestFit.bytes(7, 3000);
    byte[] unsignedTree = TestFit.bytes(7, 3000 + TestFit.deviceTree().length);
    System.arraycopy(TestFit.deviceTree(), 0, unsignedTree, 3000, TestFit.deviceTree().length);
    FitSigner wrong = TestCard.SIGNER;
    byte[] changed = card.signedLoader(uBoot, LOADER_SIGNER);
    changed[TestFit.find(changed, "rsa,modulus")] ^= 1;
    for (byte[] loader :
        List.of(
            changed,
            card.signedLoader(otherKey, LOADER_SIGNER),
            card.signedLoader(noKey, LOADER_SIGNER),
            card.signedLoader(unsignedTree, LOADER_SIGNER),
            card.signedLoader(uBoot, wrong),
            card.plainLoader(uBoot))) {
      CardReport report = verify(loader, Optional.of(LOADER));
      assertThat(report.isVerified()).isFalse();
      assertThat(found(report)).containsExactly("loader REFUSED");
    }
    assertThat(found(verify(card.plainLoader(otherKey), Optional.empty())))
        .containsExactly("loader REFUSED");
  }

  @Test
  void emptyLoader_isEmpty() throws Exception {
    assertThat(found(verify(new byte[1 << 20], Optional.empty()))).containsExactly("loader EMPTY");
  }

  private CardReport verify(byte[] loader, Optional<PublicKey> loaderKey) throws Exception {
    byte[] disk = Files.readAllBytes(card.write(boot, Optional.of(loader)));
    return CardVerifier.verify(ByteRegion.of(ByteBuffer.wrap(disk)), BOOT, loaderKey, bytes -> {});
  }

  private static List<String> found(CardReport report) {
    return report.links().stream()
        .filter(l -> l.name().startsWith("loader"))
        .filter(l -> l.verdict() != Verdict.REFUSED || l.name().equals("loader"))
        .map(l -> l.name() + " " + l.verdict())
        .toList();
  }
}
