// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.refcam.access.WeakPasswordException.Reason;
import org.refcam.crypto.SecretBytes;
import org.refcam.storage.FileWrites;

class AccountsTest {
  private static final String GOOD = "con meo an ca ngay 7";
  private final SecureRandom random = new SecureRandom();
  private final SecretBytes key = SecretBytes.random(32, random);
  @TempDir Path directory;

  @Test
  void owner_isMadeOnce_andSignsInAfterARestart() throws Exception {
    Accounts accounts = open();
    assertThat(accounts.ownerExists()).isFalse();
    assertThat(accounts.verifyPassword("owner", new char[] {'x'})).isEmpty();
    accounts.setUp(GOOD.toCharArray());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> accounts.setUp(GOOD.toCharArray()));
    Accounts later = open();
    assertThat(later.verifyPassword("owner", GOOD.toCharArray()))
        .map(Account::role)
        .contains(Role.ADMINISTRATOR);
    assertThat(later.verifyPassword("owner", "con meo an ca ngay 8".toCharArray())).isEmpty();
    assertThat(later.verifyPassword("Owner", GOOD.toCharArray())).isEmpty();
    byte[] stored = Files.readAllBytes(directory.resolve("config/accounts.sealed"));
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("owner", "argon2");
  }

  @ParameterizedTest
  @CsvSource({
    "short, TOO_SHORT",
    "12345678901234, PATTERN",
    "aaaaaaaaaaaaaaaa, PATTERN",
    "abcdefghijklmnop, PATTERN",
    "Password123456!, COMMON",
    "matkhau123456789, COMMON",
    "anhyeuemnhieulam, COMMON",
    "qwertyuiopqwertyuiop, COMMON",
    "my camera ABC1234567, CONTAINS_LABEL",
  })
  void weakPassword_isRefused_withItsReason(String password, Reason reason) throws Exception {
    Accounts accounts = open();
    assertThatExceptionOfType(WeakPasswordException.class)
        .isThrownBy(() -> accounts.setUp(password.toCharArray(), "ABC1234567"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(accounts.ownerExists()).isFalse();
  }

  private Accounts open() throws Exception {
    return new Accounts(directory, key, FileWrites.disk(), random, java.time.Clock.systemUTC());
  }
}
