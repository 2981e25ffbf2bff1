// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An {@link Egress} with everything that it needs, in memory. */
final class OnePolicy implements AutoCloseable {
  static final Limits LIMITS =
      new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(60), 1 << 20);

  final List<EgressEvent> events = new ArrayList<>();
  final Map<String, List<InetAddress>> names = new HashMap<>();
  final List<String> lookups = new ArrayList<>();
  @Nullable EgressPolicy kept;
  final Egress egress;

  OnePolicy(boolean vietNamOnly) throws IOException {
    egress =
        new Egress(
            new Egress.Store() {
              @Override
              public Optional<EgressPolicy> load() {
                return Optional.ofNullable(kept);
              }

              @Override
              public void save(EgressPolicy policy) {
                kept = policy;
              }
            },
            vietNamOnly,
            host -> {
              lookups.add(host);
              List<InetAddress> found = names.get(host);
              return found == null ? List.of(InetAddress.getByName(host)) : found;
            },
            events::add,
            Clock.systemUTC());
  }

  static Destination footage(String host, int port, String country, boolean local) {
    return new Destination(host, port, Purpose.FOOTAGE, country, local, Trust.PLATFORM);
  }

  @Override
  public void close() {
    egress.close();
  }
}
