// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.refcam.access.Accounts;
import org.refcam.access.ClientCredentials;
import org.refcam.access.DigestAuthenticator;
import org.refcam.access.GuessLimiter;
import org.refcam.access.Passkeys;
import org.refcam.access.PasswordFacts;
import org.refcam.access.Role;
import org.refcam.access.Sessions;
import org.refcam.crypto.Hkdf;
import org.refcam.identity.DeviceIdentity;
import org.refcam.identity.TlsPath;
import org.refcam.image.BundleSignatures;
import org.refcam.keys.AssuranceLevel;
import org.refcam.keys.KeyFacts;
import org.refcam.provision.LabelStore;
import org.refcam.rtp.SrtpPolicy;
import org.refcam.tuf.KeyScheme;
import org.refcam.vault.VaultSettings;
import org.refcam.web.EvidenceBook.EvidenceRow;

/** What is known of passwords, keys and cryptography; no secret among it. */
final class SecretEvidence {
  private final EvidenceParts parts;

  SecretEvidence(EvidenceParts parts) {
    this.parts = parts;
  }

  List<EvidenceRow> passwords() {
    PasswordFacts facts = parts.household().accounts().passwordFacts();
    return List.of(
        EvidenceRow.of("label")
            .with("madeBy", "camera")
            .with("bits", LabelStore.PASSWORD_BITS)
            .with("state", parts.frontDesk().ready() ? "deleted" : "valid"),
        people(facts),
        EvidenceRow.of("first-password")
            .with("madeBy", "camera")
            .with("bits", facts.firstPasswordBits())
            .with("mustChange", true),
        EvidenceRow.of("client")
            .with("madeBy", "camera")
            .with("bits", facts.clientPasswordBits())
            .with("kept", "sealed")
            .with("count", parts.frontDesk().clientCredentials().list().size())
            .with("most", ClientCredentials.MOST)
            .with("nonceSeconds", DigestAuthenticator.NONCE_LIFE.toSeconds()),
        EvidenceRow.of("passkey").with("algorithm", "ES256").with("mostPerAccount", Passkeys.MOST),
        guesses(),
        sessions());
  }

  private EvidenceRow people(PasswordFacts facts) {
    return EvidenceRow.of("person")
        .with("madeBy", "person")
        .with("lengthLeast", facts.lengthLeast())
        .with("lengthMost", facts.lengthMost())
        .with("distinctLeast", facts.distinctLeast())
        .with("refusedKnown", facts.refusedKnown())
        .with("kept", "Argon2id")
        .with("kibibytes", facts.kibibytes())
        .with("passes", facts.passes())
        .with("hashBytes", facts.hashBytes())
        .with("saltBytes", facts.saltBytes())
        .with("count", parts.household().accounts().list().size())
        .with("most", Accounts.MOST)
        .with("roles", Arrays.stream(Role.values()).map(Role::word).toArray());
  }

  private EvidenceRow guesses() {
    GuessLimiter.Settings limit = parts.household().limiter().settings();
    return EvidenceRow.of("guessing")
        .with("failures", limit.failures())
        .with("windowSeconds", limit.window().toSeconds())
        .with("lockSeconds", limit.lock().toSeconds());
  }

  private EvidenceRow sessions() {
    Sessions.Limits limits = parts.household().sessionLimits().current();
    return EvidenceRow.of("session")
        .with("idleMinutes", limits.idle().toMinutes())
        .with("absoluteHours", limits.absolute().toHours());
  }

  List<EvidenceRow> keys() throws IOException {
    List<EvidenceRow> rows = new ArrayList<>();
    AssuranceLevel root = parts.keys().assuranceLevel();
    rows.add(
        EvidenceRow.of("root").with("level", root.word()).with("production", root.production()));
    for (KeyFacts key : parts.keys().facts()) {
      rows.add(
          EvidenceRow.of(key.name())
              .with("algorithm", key.algorithm())
              .with("bits", key.bits())
              .with("from", key.parent())
              .with("place", key.place())
              .with("level", key.level().word())
              .with("survivesErase", key.survivesErase()));
    }
    return rows;
  }

  List<EvidenceRow> cryptography() {
    DeviceIdentity identity = parts.identity();
    TlsPath path = identity.shown();
    X509Certificate shown = path.certificate();
    int bits = ((ECPublicKey) shown.getPublicKey()).getParams().getOrder().bitLength();
    return List.of(
        EvidenceRow.of("tls")
            .with("protocols", (Object[]) DeviceIdentity.protocols())
            .with("suites", (Object[]) DeviceIdentity.cipherSuites()),
        EvidenceRow.of("certificate")
            .with("key", shown.getPublicKey().getAlgorithm())
            .with("bits", bits)
            .with("signature", shown.getSigAlgName())
            .with("selfSigned", path.selfSigned())
            .with("own", path.sha256().equals(identity.certificateSha256()))
            .with("sha256", path.sha256())
            .with("publicKeySha256", identity.publicKeySha256()),
        EvidenceRow.of("recordings")
            .with("algorithm", VaultSettings.of(identity.serial()).algorithm()),
        EvidenceRow.of("passwords").with("algorithm", "Argon2id"),
        EvidenceRow.of("derivation").with("algorithm", Hkdf.NAME),
        EvidenceRow.of("srtp").with("algorithm", SrtpPolicy.AES_CM_128_HMAC_SHA1_80),
        EvidenceRow.of("update-metadata").with("algorithm", (Object[]) KeyScheme.values()),
        EvidenceRow.of("update-bundle").withAll("algorithm", BundleSignatures.accepted()));
  }
}
