// SPDX-License-Identifier: Apache-2.0
package org.refcam.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;

/**
 * What the device key signs about a chain, as text that {@code openssl dgst -verify} takes:
 *
 * <pre>
 *   refcam audit checkpoint 1 LF
 *   chain LF  sequence LF  hash LF  other LF  time LF  boot LF
 * </pre>
 *
 * <p>The hash is that of the chain up to and with {@code sequence}; the checkpoint itself is the
 * next record. {@code other} is {@code sequence:hash} of the other chain, so that neither can be
 * rolled back alone. Immutable.
 */
record Checkpoint(
    ChainName chain, long sequence, String hash, String other, String time, long boot) {
  static final String TITLE = "refcam audit checkpoint 1";

  byte[] statement() {
    return String.join(
            "\n", TITLE, chain.word(), Long.toString(sequence), hash, other, time, "" + boot, "")
        .getBytes(StandardCharsets.UTF_8);
  }

  Map<String, String> details(byte[] signature) {
    return Map.of(
        "hash", hash, "other", other, "signature", Base64.getEncoder().encodeToString(signature));
  }

  /** What a checkpoint's record says. */
  static Checkpoint of(AuditRecord record) {
    Map<String, String> details = record.event().details();
    return new Checkpoint(
        record.chain(),
        record.sequence() - 1,
        details.getOrDefault("hash", ""),
        details.getOrDefault("other", ""),
        record.time().toString(),
        record.boot());
  }

  /** Whether the record's signature is by this key over this chain's hash. */
  static boolean isGenuine(AuditRecord record, ChainHash before, PublicKey key) {
    Checkpoint said = of(record);
    if (!said.hash().equals(before.hex())) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(Signer.ALGORITHM);
      signature.initVerify(key);
      signature.update(said.statement());
      String text = record.event().details().getOrDefault("signature", "");
      return signature.verify(Base64.getDecoder().decode(text));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // bytes that are no signature, or a key of another kind
    }
  }
}
