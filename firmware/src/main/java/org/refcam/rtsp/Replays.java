// SPDX-License-Identifier: Apache-2.0
package org.refcam.rtsp;

import java.time.Duration;
import java.util.Optional;
import org.refcam.vault.Vault;

/** What the door asks of the recordings. Safe from any thread; called off the event loops. */
public interface Replays {
  /** Where the recordings are; empty while they cannot be opened. */
  Optional<Vault> vault();

  /** Whether a client that was let in may play recordings. */
  boolean allowed(String client);

  /** How long a session may be silent while it is not playing. */
  Duration sessionTimeout();
}
