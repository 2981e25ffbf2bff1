// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import org.refcam.crypto.SecretBytes;

/** Where a camera's keys come from. Each root says honestly what it can promise. */
public interface RootOfTrust {
  /** The purpose of the key for configuration, accounts and client credentials. */
  String CONFIG = "config";

  /** The purpose of the key that seals the device identity. */
  String IDENTITY = "identity";

  /** A 256-bit key for one purpose; keys of different purposes are independent. Caller closes. */
  SecretBytes deriveKey(String purpose);

  /** The named assurance level, shown to the owner: {@code development} promises the least. */
  String assuranceLevel();
}
