// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.refcam.crypto.SecretBytes;
import org.refcam.keys.SealedFile;
import org.refcam.storage.FileWrites;

/**
 * The owner's account. Its password is kept only as Argon2id, in a sealed file of one line for each
 * account: {@code name TAB role TAB hash}. Guarded by its monitor; hashing runs outside it.
 */
public final class Accounts {
  /** The account that set-up makes. */
  public static final String OWNER = "owner";

  private final SealedFile file;
  private final SecureRandom random;
  private Optional<String> ownerHash;

  /**
   * @param configKey stays open as long as this object
   * @throws IOException if the file is there but cannot be trusted
   */
  public Accounts(Path dataDirectory, SecretBytes configKey, FileWrites writes, SecureRandom random)
      throws IOException {
    Path path = dataDirectory.resolve("config").resolve("accounts.sealed");
    this.file = new SealedFile(path, configKey, "config/accounts", writes, random);
    this.random = random;
    this.ownerHash = load();
  }

  /** Whether set-up is finished. */
  public synchronized boolean ownerExists() {
    return ownerHash.isPresent();
  }

  /**
   * Makes the owner's account.
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
    changePassword(newPassword, forbidden);
  }

  /** Takes the same time for an unknown user as for a known one. */
  public Optional<Role> verifyPassword(String user, char[] password) {
    Optional<String> hash;
    synchronized (this) {
      hash = user.equals(OWNER) ? ownerHash : Optional.empty();
    }
    boolean right = Argon2id.matches(password, hash.orElse(Argon2id.UNMATCHED));
    return right && hash.isPresent() ? Optional.of(Role.ADMINISTRATOR) : Optional.empty();
  }

  /**
   * @throws WeakPasswordException saying which rule the password breaks
   * @throws IOException if it could not be stored; the old password stays
   */
  public synchronized void changePassword(char[] newPassword, String... forbidden)
      throws WeakPasswordException, IOException {
    PasswordRules.check(newPassword, forbidden);
    String hash = Argon2id.hash(newPassword, random);
    String line = OWNER + "\t" + Role.ADMINISTRATOR + "\t" + hash + "\n";
    file.write(line.getBytes(StandardCharsets.UTF_8));
    ownerHash = Optional.of(hash);
  }

  private Optional<String> load() throws IOException {
    Optional<byte[]> bytes = file.read();
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    return new String(bytes.get(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split("\t", -1))
        .filter(fields -> fields.length == 3 && fields[0].equals(OWNER))
        .map(fields -> fields[2])
        .findFirst();
  }
}
