// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.refcam.crypto.PeerTrust;
import org.refcam.egress.EgressEvent.Actor;
import org.refcam.egress.EgressEvent.Kind;
import org.refcam.egress.EgressEvent.Witness;
import org.refcam.egress.EgressRefusedException.Reason;
import org.refcam.threads.DaemonThread;

/**
 * The one place that opens connections to elsewhere.
 *
 * <p>INV-EGRESS-1. A connection is opened only to a host, port and purpose that the owner, or who
 * starts the camera, declared; all else is refused and recorded. Holds against mistakes in every
 * feature above and against answers that redirect. Does not hold against code that runs in the
 * camera's process; the kernel's rules ({@link NftablesRules}) are a second wall against that.
 *
 * <p>INV-EGRESS-2. While "store in Viet Nam only" is on, nothing with footage or personal data goes
 * to a destination that is declared elsewhere; turning it off needs an administrator and is
 * recorded. Holds against settings made before. Does not hold against a wrong declaration: the
 * country is the owner's word, not a measurement.
 *
 * <p>INV-EGRESS-3. A name is looked up once for each connection; if any of its addresses is not of
 * the kind that the destination was declared with, local or public, nothing is connected. Holds
 * against who controls the name service. Does not hold against routing.
 *
 * <p>INV-EGRESS-4. A connection ends in bounded time and takes bounded bytes, whatever the peer
 * does. Holds against peers that stall, trickle or answer endlessly. A peer may still be useless.
 *
 * <p>Safe from any thread; policy changes are guarded by the monitor, and the witness is told after
 * it is left.
 */
public final class Egress implements AutoCloseable {
  private static final int MOST_ADDRESSES = 4;
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** Keeps the policy. */
  public interface Store {
    /** Empty when none was kept yet. */
    Optional<EgressPolicy> load() throws IOException;

    void save(EgressPolicy policy) throws IOException;
  }

  /**
   * A destination as it stands now.
   *
   * @param origin {@code owner}, or the setting that names it
   * @param objection why it is not called although it is listed; empty if it is
   */
  public record Listed(Destination destination, String origin, Optional<Reason> objection) {}

  /** The origin of what is in the policy itself. */
  public static final String OWNER = "owner";

  private final Store store;
  private final Resolver resolver;
  private final Witness witness;
  private final RefusalMemory refusals;
  private final Map<String, List<Destination>> declared = new TreeMap<>();
  private final ScheduledExecutorService deadlines = DaemonThread.scheduler("egress-deadline");
  private EgressPolicy policy;

  /**
   * @param vietNamOnly how the switch stands if no policy was kept yet
   * @throws IOException if a policy was kept but cannot be trusted
   */
  public Egress(Store store, boolean vietNamOnly, Resolver resolver, Witness witness, Clock clock)
      throws IOException {
    this.store = store;
    this.resolver = resolver;
    this.witness = witness;
    refusals = new RefusalMemory(clock);
    policy = store.load().orElse(new EgressPolicy(vietNamOnly, List.of()));
  }

  public synchronized boolean vietNamOnly() {
    return policy.vietNamOnly();
  }

  /** All destinations, the owner's first. */
  public synchronized List<Listed> destinations() {
    List<Listed> all = new ArrayList<>();
    policy.destinations().forEach(d -> all.add(new Listed(d, OWNER, policy.objection(d))));
    declared.forEach(
        (origin, list) -> list.forEach(d -> all.add(new Listed(d, origin, policy.objection(d)))));
    return List.copyOf(all);
  }

  /**
   * Allows a destination, or changes the one with the same host, port and purpose.
   *
   * @throws EgressRefusedException if its country stands against it, or there are too many
   */
  public void add(Destination added, Actor actor) throws IOException {
    requireCountry(added, actor);
    synchronized (this) {
      EgressPolicy changed = policy.with(added);
      if (changed.destinations().size() > EgressPolicy.MOST) {
        throw new EgressRefusedException(Reason.TOO_MANY);
      }
      store.save(changed);
      policy = changed;
    }
    refusals.clear();
    tell(Kind.DESTINATION_ADDED, actor, added, OWNER);
  }

  /** Forgets a destination of the owner's; says whether there was one. */
  public boolean remove(String id, Actor actor) throws IOException {
    Optional<Destination> found;
    synchronized (this) {
      found = policy.destinations().stream().filter(d -> d.id().equals(id)).findFirst();
      if (found.isPresent()) {
        EgressPolicy changed = policy.without(id);
        store.save(changed);
        policy = changed;
      }
    }
    found.ifPresent(removed -> tell(Kind.DESTINATION_REMOVED, actor, removed, OWNER));
    return found.isPresent();
  }

  /** Turns "store in Viet Nam only" on or off. Who may is the caller's to check. */
  public void vietNamOnly(boolean on, Actor actor) throws IOException {
    boolean news;
    synchronized (this) {
      EgressPolicy changed = new EgressPolicy(on, policy.destinations());
      news = policy.vietNamOnly() != on;
      store.save(changed);
      policy = changed;
    }
    refusals.clear();
    if (news) {
      Kind kind = on ? Kind.VIET_NAM_ONLY_ON : Kind.VIET_NAM_ONLY_OFF;
      witness.saw(new EgressEvent(kind, actor.name(), actor.address(), Map.of()));
    }
  }

  /**
   * Destinations that a setting elsewhere names, in place of those that it named before.
   *
   * @param actor whose change it is; empty at start, when nothing changes and nothing is recorded
   */
  public void declare(String origin, List<Destination> destinations, Optional<Actor> actor) {
    List<Destination> before;
    synchronized (this) {
      before = declared.getOrDefault(origin, List.of());
      declared.put(origin, List.copyOf(destinations));
    }
    refusals.clear();
    if (actor.isPresent()) {
      before.stream()
          .filter(d -> !destinations.contains(d))
          .forEach(d -> tell(Kind.DESTINATION_REMOVED, actor.get(), d, origin));
      destinations.stream()
          .filter(d -> !before.contains(d))
          .forEach(d -> tell(Kind.DESTINATION_ADDED, actor.get(), d, origin));
    }
  }

  /**
   * Checks a country before a setting is kept.
   *
   * @throws EgressRefusedException OUTSIDE_VIET_NAM, which is recorded
   */
  public void requireCountry(Destination wanted, Actor actor) throws EgressRefusedException {
    Optional<Reason> objection;
    synchronized (this) {
      objection = policy.objection(wanted);
    }
    if (objection.isPresent()) {
      witness.saw(
          new EgressEvent(
              Kind.REFUSED, actor.name(), actor.address(), details(wanted, objection.get())));
      throw new EgressRefusedException(objection.get());
    }
  }

  /**
   * The destination that may be called; asked again for each connection.
   *
   * @throws EgressRefusedException NOT_ALLOWED or OUTSIDE_VIET_NAM, which is recorded
   */
  public Destination require(String host, int port, Purpose purpose) throws EgressRefusedException {
    Optional<Listed> found =
        destinations().stream().filter(l -> l.destination().is(host, port, purpose)).findFirst();
    if (found.isEmpty()) {
      Map<String, String> details = new HashMap<>();
      details.put("host", host);
      details.put("port", Integer.toString(port));
      details.put("purpose", purpose.word());
      throw refuse(details, Reason.NOT_ALLOWED);
    }
    Destination destination = found.get().destination();
    if (found.get().objection().isPresent()) {
      Reason reason = found.get().objection().get();
      throw refuse(details(destination, reason), reason);
    }
    return destination;
  }

  /**
   * Connects without TLS, for protocols that bring their own.
   *
   * @throws EgressRefusedException if the policy stands against it
   * @throws IOException if there is no answer in time
   */
  public EgressConnection connect(String host, int port, Purpose purpose, Limits limits)
      throws IOException {
    return open(require(host, port, purpose), limits, false, Optional.empty());
  }

  /**
   * Connects and verifies who answers.
   *
   * @throws EgressRefusedException if the policy stands against it
   * @throws IOException if there is no answer in time, or not the one that the owner trusts
   */
  public EgressConnection connectTls(String host, int port, Purpose purpose, Limits limits)
      throws IOException {
    return connectTls(host, port, purpose, limits, Optional.empty());
  }

  /**
   * As above, and shows the camera's certificate to a peer that asks for it.
   *
   * @param own chooses the certificate
   */
  public EgressConnection connectTls(
      String host, int port, Purpose purpose, Limits limits, Optional<KeyManager> own)
      throws IOException {
    return open(require(host, port, purpose), limits, true, own);
  }

  /**
   * The addresses that a destination's name leads to now.
   *
   * @throws EgressRefusedException if one of them is not of the declared kind, which is recorded
   */
  public List<InetAddress> addresses(Destination to) throws IOException {
    List<InetAddress> found = resolver.resolve(to.host());
    AddressKind wanted = to.local() ? AddressKind.LOCAL : AddressKind.PUBLIC;
    for (InetAddress address : found) {
      if (AddressKind.of(address) != wanted) {
        Reason reason = to.local() ? Reason.ADDRESS_NOT_LOCAL : Reason.ADDRESS_NOT_PUBLIC;
        throw refuse(details(to, reason), reason);
      }
    }
    return found.subList(0, Math.min(MOST_ADDRESSES, found.size()));
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
  }

  private EgressConnection open(
      Destination to, Limits limits, boolean tls, Optional<KeyManager> own) throws IOException {
    IOException failure = new IOException("the name has no address");
    long end = System.nanoTime() + limits.whole().toNanos();
    for (InetAddress address : addresses(to)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new InterruptedIOException("no answer in time");
      }
      Socket carrier = new Socket();
      Future<?> deadline = closeAfter(carrier, left);
      try {
        int connectMillis = millis(limits.connect());
        carrier.connect(new InetSocketAddress(address, to.port()), connectMillis);
        carrier.setTcpNoDelay(true);
        carrier.setSoTimeout(connectMillis);
        Socket socket = tls ? secure(carrier, to, own) : carrier;
        socket.setSoTimeout(millis(limits.silence()));
        return new EgressConnection(carrier, socket, limits.mostReceived(), deadline);
      } catch (IOException e) {
        deadline.cancel(false);
        carrier.close();
        failure = e;
      } catch (RuntimeException e) {
        deadline.cancel(false);
        carrier.close();
        throw e;
      }
    }
    throw failure;
  }

  private static SSLSocket secure(Socket carrier, Destination to, Optional<KeyManager> own)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            PeerTrust.context(to.trust().manager(), own.orElse(null))
                .getSocketFactory()
                .createSocket(carrier, to.host(), to.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    if (to.trust().certificateSha256().isEmpty()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private Future<?> closeAfter(Socket carrier, long nanos) {
    return deadlines.schedule(
        () -> {
          try {
            carrier.close();
          } catch (IOException e) {
            throw new AssertionError("closing a socket only frees it", e);
          }
        },
        nanos,
        TimeUnit.NANOSECONDS);
  }

  private static int millis(Duration duration) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
  }

  private EgressRefusedException refuse(Map<String, String> details, Reason reason) {
    Map<String, String> told = new LinkedHashMap<>(details);
    told.put("reason", word(reason));
    if (refusals.isNews(new TreeMap<>(told).toString())) {
      witness.saw(new EgressEvent(Kind.REFUSED, "", "", told));
    }
    return new EgressRefusedException(reason);
  }

  private void tell(Kind kind, Actor actor, Destination about, String origin) {
    Map<String, String> details = details(about);
    details.put("origin", origin);
    witness.saw(new EgressEvent(kind, actor.name(), actor.address(), details));
  }

  private static Map<String, String> details(Destination about, Reason reason) {
    Map<String, String> details = details(about);
    details.put("reason", word(reason));
    return details;
  }

  private static Map<String, String> details(Destination about) {
    Map<String, String> details = new HashMap<>();
    details.put("host", about.host());
    details.put("port", Integer.toString(about.port()));
    details.put("purpose", about.purpose().word());
    details.put("country", about.country());
    return details;
  }

  private static String word(Reason reason) {
    return reason.name().toLowerCase(java.util.Locale.ROOT);
  }
}
