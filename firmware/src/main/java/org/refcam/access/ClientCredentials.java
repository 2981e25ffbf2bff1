// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.CorruptStoreException;
import org.refcam.keys.SealedFile;
import org.refcam.storage.FileWrites;

/**
 * Passwords that the camera makes for recorders and players, one per client, revocable one by one.
 * Digest needs them reversible, so they lie sealed in {@code config/clients.sealed}; a person's
 * password is never among them. Guarded by its own monitor.
 */
public final class ClientCredentials {
  /** Clients at most. */
  public static final int MOST = 64;

  private static final String ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789";
  private static final int PASSWORD_LETTERS = 26;
  static final int PASSWORD_BITS = PasswordFacts.bits(PASSWORD_LETTERS, ALPHABET);
  private static final int LEAST_CHOSEN = 12;
  private static final long NEWS_MILLIS = 3_600_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One client.
   *
   * @param password 26 letters of base 32, 130 bits, safe in a URL; or what a recorder chose
   * @param lastUsedAtMillis 0 if it never came in; on disk up to an hour old
   * @param lastAddress from where it came last; empty if it never did
   */
  public record ClientCredential(
      String username,
      String password,
      String name,
      Role role,
      long createdAtMillis,
      long lastUsedAtMillis,
      String lastAddress) {
    ClientCredential used(long atMillis, String address) {
      return new ClientCredential(
          username, password, name, role, createdAtMillis, atMillis, address);
    }

    @Override
    public String toString() {
      return username + " (" + role + ")";
    }
  }

  private final SealedFile file;
  private final SecureRandom random;
  private final Clock clock;
  private List<ClientCredential> clients;
  private long storedAtMillis;

  /**
   * @param configKey stays open as long as this object
   * @throws CorruptStoreException if the file is there but cannot be trusted
   */
  public ClientCredentials(
      Path dataDirectory,
      SecretBytes configKey,
      FileWrites writes,
      SecureRandom random,
      Clock clock)
      throws IOException {
    Path path = dataDirectory.resolve("config").resolve("clients.sealed");
    this.file = new SealedFile(path, configKey, "config/clients", writes, random);
    this.random = random;
    this.clock = clock;
    this.clients = load();
  }

  private List<ClientCredential> load() throws IOException {
    Optional<byte[]> bytes = file.read();
    if (bytes.isEmpty()) {
      return List.of();
    }
    try {
      return List.copyOf(
          JSON.readValue(bytes.get(), new TypeReference<List<ClientCredential>>() {}));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new CorruptStoreException(CorruptStoreException.Reason.BAD_CONTENTS, file.path(), e);
    }
  }

  /**
   * Makes a client; its password is shown once.
   *
   * @throws IllegalArgumentException if the name is blank or longer than 64
   * @throws IllegalStateException if there are already {@link #MOST}
   */
  public synchronized ClientCredential create(String name, Role role) throws IOException {
    if (name.isBlank() || name.length() > 64) {
      throw new IllegalArgumentException("a client's name has 1 to 64 letters");
    }
    if (clients.size() >= MOST) {
      throw new IllegalStateException("there are " + MOST + " clients already");
    }
    ClientCredential made =
        new ClientCredential(
            "client-" + letters(8), letters(PASSWORD_LETTERS), name, role, clock.millis(), 0, "");
    List<ClientCredential> changed = new ArrayList<>(clients);
    changed.add(made);
    store(changed);
    return made;
  }

  /**
   * Adds a client whose name and password a recorder chose, as ONVIF has it.
   *
   * @throws ClientException BAD_NAME, NAME_TAKEN, WEAK_PASSWORD, TOO_MANY
   */
  public synchronized ClientCredential add(String username, String password, Role role)
      throws ClientException, IOException {
    if (!username.matches("[A-Za-z0-9._-]{1,32}")) {
      throw new ClientException(ClientException.Reason.BAD_NAME);
    }
    if (find(username).isPresent()) {
      throw new ClientException(ClientException.Reason.NAME_TAKEN);
    }
    requireStrong(username, password);
    if (clients.size() >= MOST) {
      throw new ClientException(ClientException.Reason.TOO_MANY);
    }
    ClientCredential made =
        new ClientCredential(username, password, username, role, clock.millis(), 0, "");
    List<ClientCredential> changed = new ArrayList<>(clients);
    changed.add(made);
    store(changed);
    return made;
  }

  /**
   * Gives a client another role and perhaps another password.
   *
   * @throws ClientException UNKNOWN, WEAK_PASSWORD
   */
  public synchronized void change(String username, Optional<String> password, Role role)
      throws ClientException, IOException {
    ClientCredential before =
        find(username).orElseThrow(() -> new ClientException(ClientException.Reason.UNKNOWN));
    if (password.isPresent()) {
      requireStrong(username, password.get());
    }
    ClientCredential after =
        new ClientCredential(
            username,
            password.orElse(before.password()),
            before.name(),
            role,
            before.createdAtMillis(),
            before.lastUsedAtMillis(),
            before.lastAddress());
    store(clients.stream().map(c -> c.username().equals(username) ? after : c).toList());
  }

  private static void requireStrong(String username, String password) throws ClientException {
    boolean strong =
        password.length() >= LEAST_CHOSEN
            && password.length() <= 64
            && !password.toLowerCase(Locale.ROOT).contains(username.toLowerCase(Locale.ROOT));
    if (!strong) {
      throw new ClientException(ClientException.Reason.WEAK_PASSWORD);
    }
  }

  public synchronized List<ClientCredential> list() {
    return clients;
  }

  /** Whether there was such a client; from now on it cannot come in. */
  public synchronized boolean revoke(String username) throws IOException {
    List<ClientCredential> changed = new ArrayList<>(clients);
    boolean found = changed.removeIf(c -> c.username().equals(username));
    if (found) {
      store(changed);
    }
    return found;
  }

  /**
   * Notes that a client came in. On disk once an hour at most, to spare the card.
   *
   * @return whether this is news: another address than before, or the first time in an hour
   * @throws IOException if it could not be stored; it is noted in memory all the same
   */
  public synchronized boolean noteUse(String username, String address) throws IOException {
    Optional<ClientCredential> client = find(username);
    if (client.isEmpty()) {
      return false;
    }
    ClientCredential before = client.get();
    long now = clock.millis();
    boolean news =
        !before.lastAddress().equals(address)
            || Math.abs(now - before.lastUsedAtMillis()) > NEWS_MILLIS;
    ClientCredential after = before.used(now, address);
    clients = clients.stream().map(c -> c.username().equals(username) ? after : c).toList();
    if (Math.abs(now - storedAtMillis) > NEWS_MILLIS) {
      store(clients);
    }
    return news;
  }

  public synchronized Optional<ClientCredential> find(String username) {
    return clients.stream().filter(c -> c.username().equals(username)).findFirst();
  }

  private void store(List<ClientCredential> changed) throws IOException {
    file.write(JSON.writeValueAsBytes(changed));
    clients = List.copyOf(changed);
    storedAtMillis = clock.millis();
  }

  private String letters(int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
