// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.refcam.access.AccountException.Reason;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.CorruptStoreException;
import org.refcam.keys.SealedFile;
import org.refcam.storage.FileWrites;

/**
 * The people who may come in. Passwords are kept only as Argon2id, in the sealed file {@code
 * config/accounts.sealed}, JSON inside.
 *
 * <p>INV-ACCESS-3. There is always an account that can govern the camera: an administrator, not
 * disabled, whose password is their own. Holds against every request, two at once included. Does
 * not hold against an administrator who forgets the password; then only an erase helps.
 *
 * <p>Guarded by its monitor; hashing for a sign-in runs outside it.
 */
public final class Accounts {
  /** The account that set-up makes. */
  public static final String OWNER = "owner";

  /** Accounts at most. */
  public static final int MOST = 32;

  private static final String NAME = "[a-z0-9][a-z0-9._-]{0,30}[a-z0-9]";
  private static final String ALPHABET = "abcdefghjkmnpqrstvwxyz23456789";
  private static final int FIRST_PASSWORD_LETTERS = 20;
  static final int FIRST_PASSWORD_BITS = PasswordFacts.bits(FIRST_PASSWORD_LETTERS, ALPHABET);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the file holds. */
  private record Stored(Argon2Cost cost, List<Account> accounts) {}

  private final SealedFile file;
  private final SecureRandom random;
  private final Clock clock;
  private Optional<Argon2Cost> cost = Optional.empty();
  private @Nullable String dummyHash;
  private List<Account> accounts = List.of();

  /**
   * @param configKey stays open as long as this object
   * @throws IOException if the file is there but cannot be trusted
   */
  public Accounts(
      Path dataDirectory,
      SecretBytes configKey,
      FileWrites writes,
      SecureRandom random,
      Clock clock)
      throws IOException {
    Path path = dataDirectory.resolve("config").resolve("accounts.sealed");
    this.file = new SealedFile(path, configKey, "config/accounts", writes, random);
    this.random = random;
    this.clock = clock;
    Optional<byte[]> bytes = file.read();
    if (bytes.isPresent()) {
      Stored stored = parse(bytes.get());
      cost = Optional.of(stored.cost());
      accounts = List.copyOf(stored.accounts());
    }
  }

  /** Whether set-up is finished. */
  public synchronized boolean ownerExists() {
    return !accounts.isEmpty();
  }

  /** How passwords are made, checked and kept here. */
  public PasswordFacts passwordFacts() {
    return PasswordFacts.of(cost());
  }

  public synchronized List<Account> list() {
    return accounts;
  }

  public synchronized Optional<Account> find(String username) {
    return accounts.stream().filter(a -> a.username().equals(username)).findFirst();
  }

  /**
   * Makes the owner's account. The first hash measures what the board can afford.
   *
   * @param forbidden what the password must not contain
   * @throws WeakPasswordException saying which rule the password breaks
   * @throws IllegalStateException if the owner exists
   * @throws IOException if it could not be stored; there is no owner then
   */
  public synchronized void setUp(char[] newPassword, String... forbidden)
      throws WeakPasswordException, IOException {
    if (ownerExists()) {
      throw new IllegalStateException("already set up");
    }
    PasswordRules.check(newPassword, forbidden);
    String hash = Argon2id.hash(newPassword, cost(), random);
    store(List.of(account(OWNER, Role.ADMINISTRATOR, hash, false)));
  }

  /**
   * The account whose password this is, unless it is disabled. Takes the same time for an unknown
   * user as for a known one.
   */
  public Optional<Account> verifyPassword(String user, char[] password) {
    Optional<Account> account;
    String hash;
    synchronized (this) {
      account = find(user);
      hash = account.isPresent() ? account.get().hash() : dummyHash();
    }
    boolean right = Argon2id.matches(password, hash);
    return right ? account.filter(a -> !a.disabled()) : Optional.empty();
  }

  /**
   * @throws WeakPasswordException saying which rule the password breaks
   * @throws AccountException NOT_FOUND
   * @throws IOException if it could not be stored; the old password stays
   */
  public void changePassword(String username, char[] newPassword)
      throws WeakPasswordException, AccountException, IOException {
    // of a shorter name nearly every sentence has the letters
    PasswordRules.check(newPassword, username.length() < 4 ? "" : username);
    String hash = Argon2id.hash(newPassword, cost(), random);
    replace(username, account -> account.withPassword(hash, false));
  }

  /**
   * Makes an account with a first password, which its person has to change before anything else.
   *
   * @return the first password, shown this once
   * @throws AccountException INVALID_NAME, NAME_TAKEN, TOO_MANY
   */
  public String create(String username, Role role) throws AccountException, IOException {
    String password = firstPassword();
    String hash = Argon2id.hash(password.toCharArray(), cost(), random);
    synchronized (this) {
      requireFreeName(username);
      if (accounts.size() >= MOST) {
        throw new AccountException(Reason.TOO_MANY);
      }
      List<Account> changed = new ArrayList<>(accounts);
      changed.add(account(username, role, hash, true));
      store(changed);
    }
    return password;
  }

  /**
   * Gives an account a new first password, for a person who forgot theirs.
   *
   * @throws AccountException NOT_FOUND, LAST_ADMINISTRATOR
   */
  public String resetPassword(String username) throws AccountException, IOException {
    String password = firstPassword();
    String hash = Argon2id.hash(password.toCharArray(), cost(), random);
    replace(username, account -> account.withPassword(hash, true).withPasskeys(List.of()));
    return password;
  }

  /**
   * Renames an account, gives it another role, disables or enables it.
   *
   * @throws AccountException NOT_FOUND, INVALID_NAME, NAME_TAKEN, LAST_ADMINISTRATOR
   */
  public synchronized void change(String username, String newName, Role role, boolean disabled)
      throws AccountException, IOException {
    if (!username.equals(newName)) {
      requireFreeName(newName);
    }
    replace(username, account -> account.with(newName, role, disabled));
  }

  /**
   * @throws AccountException NOT_FOUND, LAST_ADMINISTRATOR
   */
  public synchronized void delete(String username) throws AccountException, IOException {
    require(username);
    storeGoverned(accounts.stream().filter(a -> !a.username().equals(username)).toList());
  }

  /**
   * Replaces an account's passkeys.
   *
   * @throws AccountException NOT_FOUND
   */
  public void changePasskeys(String username, UnaryOperator<List<Passkey>> change)
      throws AccountException, IOException {
    replace(username, account -> account.withPasskeys(change.apply(account.passkeys())));
  }

  private synchronized void replace(String username, UnaryOperator<Account> change)
      throws AccountException, IOException {
    require(username);
    storeGoverned(
        accounts.stream().map(a -> a.username().equals(username) ? change.apply(a) : a).toList());
  }

  private void require(String username) throws AccountException {
    if (find(username).isEmpty()) {
      throw new AccountException(Reason.NOT_FOUND);
    }
  }

  private void requireFreeName(String username) throws AccountException {
    // a client's or the label's name would share its guess counter
    if (!username.matches(NAME) || username.startsWith("client-") || username.equals("label")) {
      throw new AccountException(Reason.INVALID_NAME);
    }
    if (find(username).isPresent()) {
      throw new AccountException(Reason.NAME_TAKEN);
    }
  }

  private void storeGoverned(List<Account> changed) throws AccountException, IOException {
    if (changed.stream().noneMatch(Account::governs)) {
      throw new AccountException(Reason.LAST_ADMINISTRATOR);
    }
    store(changed);
  }

  private void store(List<Account> changed) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(new Stored(cost(), changed));
    try {
      file.write(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    accounts = List.copyOf(changed);
  }

  private Account account(String username, Role role, String hash, boolean mustChange) {
    return new Account(username, role, hash, mustChange, false, clock.millis(), List.of());
  }

  /** What a hash costs on this board; measured at first use and kept. */
  private synchronized Argon2Cost cost() {
    if (cost.isEmpty()) {
      char[] probe = {'x'};
      cost =
          Optional.of(
              Argon2Cost.measure(
                  MachineMemory.bytes(),
                  System::nanoTime,
                  tried -> Argon2id.hash(probe, tried, random)));
    }
    return cost.get();
  }

  private String dummyHash() {
    if (dummyHash == null) {
      dummyHash = Argon2id.hash(new char[] {'x'}, cost(), random);
    }
    return dummyHash;
  }

  private String firstPassword() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < FIRST_PASSWORD_LETTERS; i++) {
      text.append(i > 0 && i % 5 == 0 ? "-" : "");
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private Stored parse(byte[] bytes) throws IOException {
    try {
      return JSON.readValue(bytes, Stored.class);
    } catch (JacksonException e) {
      throw new CorruptStoreException(CorruptStoreException.Reason.BAD_CONTENTS, file.path(), e);
    }
  }
}
