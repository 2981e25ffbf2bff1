// SPDX-License-Identifier: Apache-2.0
package org.refcam.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a data directory holds what was sealed under keys that must therefore exist. */
final class SealedData {
  private static final List<String> UNDER_ROOT = List.of("keys/binding", "identity/device.sealed");
  private static final List<String> UNDER_VAULT_ROOT =
      List.of("config/accounts.sealed", "config/settings.sealed", "config/clients.sealed");

  private SealedData() {}

  static boolean underRoot(Path dataDirectory) {
    return any(UNDER_ROOT, dataDirectory) || underVaultRoot(dataDirectory);
  }

  static boolean underVaultRoot(Path dataDirectory) {
    return any(UNDER_VAULT_ROOT, dataDirectory);
  }

  private static boolean any(List<String> signs, Path dataDirectory) {
    return signs.stream().anyMatch(sign -> Files.exists(dataDirectory.resolve(sign)));
  }
}
