// SPDX-License-Identifier: Apache-2.0
package org.refcam.uefi;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/**
 * Steps into a structure that may be hostile: each says what it expects, or throws {@link
 * IllegalArgumentException}. Stateless.
 */
final class Asn1 {
  private Asn1() {}

  /** A sequence with at least that many elements, so that they may be asked for. */
  static ASN1Sequence sequence(ASN1Encodable value, int atLeast) {
    ASN1Sequence sequence = ASN1Sequence.getInstance(value);
    if (sequence.size() < atLeast) {
      throw new IllegalArgumentException(
          "a sequence of " + sequence.size() + ", not " + atLeast + " elements");
    }
    return sequence;
  }

  static ASN1TaggedObject tagged(ASN1Encodable value, int tag) {
    ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(value);
    if (!tagged.hasContextTag(tag)) {
      throw new IllegalArgumentException("not tagged [" + tag + "]");
    }
    return tagged;
  }

  /** What an explicit tag is around. */
  static ASN1Primitive explicit(ASN1Encodable value, int tag) {
    return tagged(value, tag).getExplicitBaseObject().toASN1Primitive();
  }

  static void require(boolean holds, String detail) {
    if (!holds) {
      throw new IllegalArgumentException(detail);
    }
  }
}
