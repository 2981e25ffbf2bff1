// SPDX-License-Identifier: Apache-2.0
package org.refcam.camera;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.refcam.audit.AuditEvent;
import org.refcam.audit.AuditLog;
import org.refcam.audit.EventType;
import org.refcam.audit.Forwarding;
import org.refcam.audit.SyslogCarrier;
import org.refcam.egress.Destination;
import org.refcam.egress.Egress;
import org.refcam.egress.EgressConnection;
import org.refcam.egress.EgressEvent;
import org.refcam.egress.EgressPolicy;
import org.refcam.egress.Limits;
import org.refcam.egress.Purpose;
import org.refcam.egress.Resolver;
import org.refcam.egress.Trust;
import org.refcam.keys.CorruptStoreException;
import org.refcam.keys.SealedFile;
import org.refcam.storage.FileWrites;

/**
 * The way out as the camera runs it: the policy in a sealed file, its events in the audit log, and
 * what other settings name as destinations.
 */
final class EgressDesk implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOGGING = "logging";

  /** A day: a receiver that is silent as receivers are is called anew then. */
  private static final Limits SYSLOG =
      new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofDays(1), 1 << 20);

  private static final Limits EST =
      new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMinutes(2), 1 << 20);

  private final Egress egress;
  private volatile @Nullable AuditLog log;
  private volatile @Nullable FirewallFollower follower;

  /**
   * @param file keeps the policy
   * @param country where the camera stands, for a camera that kept no policy yet
   */
  EgressDesk(SealedFile file, String country, Clock clock) throws IOException {
    boolean vietNam = country.equals(Destination.VIET_NAM);
    egress = new Egress(store(file), vietNam, Resolver.system(), this::record, clock);
  }

  Egress egress() {
    return egress;
  }

  /** Where events go from now on; what is refused before is only refused. */
  void log(AuditLog audit) {
    log = audit;
  }

  /** The owner's receiver of the audit log is a destination of the policy. */
  void forwarding(Forwarding to) {
    List<Destination> named =
        to.enabled()
            ? List.of(
                new Destination(
                    to.host(),
                    to.port(),
                    Purpose.LOG,
                    to.country(),
                    Destination.soundsLocal(to.host()),
                    Trust.PLATFORM))
            : List.of();
    egress.declare(LOGGING, named, Optional.empty());
  }

  /** What who started the camera named. */
  void commandLine(List<Destination> named) {
    egress.declare("command line", named, Optional.empty());
  }

  /** Connects to the EST server. */
  Socket estSocket(String host, int port) throws IOException {
    return egress.connect(host, port, Purpose.CERTIFICATE, EST).socket();
  }

  /** Connects to the receiver of the audit log. */
  SyslogCarrier carrier(Forwarding to) throws IOException {
    EgressConnection connection = egress.connect(to.host(), to.port(), Purpose.LOG, SYSLOG);
    return new SyslogCarrier() {
      @Override
      public Socket socket() {
        return connection.socket();
      }

      @Override
      public void close() throws IOException {
        connection.close();
      }
    };
  }

  /**
   * Keeps a file what this policy says, for whoever may change the kernel's ruleset.
   *
   * @param file as {@link org.refcam.egress.FirewallList} draws it
   */
  void kernelFollows(Path file, FileWrites writes) {
    follower = new FirewallFollower(egress, file, writes);
  }

  @Override
  public void close() {
    FirewallFollower running = follower;
    if (running != null) {
      running.close();
    }
    egress.close();
  }

  private void record(EgressEvent event) {
    AuditLog audit = log;
    if (audit == null) {
      return;
    }
    boolean refused = event.kind() == EgressEvent.Kind.REFUSED;
    Map<String, String> details = new HashMap<>(event.details());
    if (!refused) {
      details.put("change", event.kind().name().toLowerCase(Locale.ROOT));
    }
    String actor = event.actor().isEmpty() ? AuditEvent.CAMERA : event.actor();
    EventType type = refused ? EventType.EGRESS_REFUSED : EventType.EGRESS_CHANGED;
    audit.record(new AuditEvent(type, actor, event.address(), details));
  }

  static Egress.Store store(SealedFile file) {
    return new Egress.Store() {
      @Override
      public Optional<EgressPolicy> load() throws IOException {
        Optional<byte[]> bytes = file.read();
        try {
          return bytes.isPresent()
              ? Optional.of(JSON.readValue(bytes.get(), EgressPolicy.class))
              : Optional.empty();
        } catch (JacksonException e) {
          throw new CorruptStoreException(
              CorruptStoreException.Reason.BAD_CONTENTS, file.path(), e);
        }
      }

      @Override
      public void save(EgressPolicy policy) throws IOException {
        file.write(JSON.writeValueAsBytes(policy));
      }
    };
  }
}
