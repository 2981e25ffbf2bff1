// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  @Test
  @DisplayName("INV-ACCESS-3 the last administrator cannot be removed, by no way")
  void lastAdministrator_cannotBeRemoved() throws Exception {
    Accounts accounts = open();
    accounts.setUp(GOOD.toCharArray());
    accounts.create("lan", Role.ADMINISTRATOR); // does not count before she has her own password
    List<ThrowingCallable> ways =
        List.of(
            () -> accounts.delete("owner"),
            () -> accounts.change("owner", "owner", Role.OPERATOR, false),
            () -> accounts.change("owner", "owner", Role.ADMINISTRATOR, true),
            () -> accounts.resetPassword("owner"));
    for (ThrowingCallable way : ways) {
      assertThatExceptionOfType(AccountException.class)
          .isThrownBy(way)
          .satisfies(
              e -> assertThat(e.reason()).isEqualTo(AccountException.Reason.LAST_ADMINISTRATOR));
    }
    assertThat(open().find("owner").orElseThrow().role()).isEqualTo(Role.ADMINISTRATOR);
    accounts.changePassword("lan", "mot mat khau cua Lan".toCharArray());
    accounts.delete("owner");
    assertThat(open().list()).extracting(Account::username).containsExactly("lan");
  }

  @Test
  void account_isMadeWithAFirstPassword_renamed_disabled_andDeleted() throws Exception {
    Accounts accounts = open();
    accounts.setUp(GOOD.toCharArray());
    String first = accounts.create("lan", Role.VIEWER);
    assertThat(first).matches("[a-z2-9]{5}(-[a-z2-9]{5}){3}");
    Account lan = accounts.verifyPassword("lan", first.toCharArray()).orElseThrow();
    assertThat(lan.mustChangePassword()).isTrue();
    accounts.changePassword("lan", "mot mat khau moi".toCharArray());
    assertThat(accounts.verifyPassword("lan", first.toCharArray())).isEmpty();
    accounts.change("lan", "lan.2", Role.OPERATOR, false);
    Account renamed =
        open().verifyPassword("lan.2", "mot mat khau moi".toCharArray()).orElseThrow();
    assertThat(renamed.role()).isEqualTo(Role.OPERATOR);
    assertThat(renamed.mustChangePassword()).isFalse();
    accounts.change("lan.2", "lan.2", Role.OPERATOR, true);
    assertThat(accounts.verifyPassword("lan.2", "mot mat khau moi".toCharArray())).isEmpty();
    accounts.delete("lan.2");
    assertThat(open().find("lan.2")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "A name", "owner", "label", "client-abc", "-lan", "lan\n", "lan/../x"})
  void badName_isRefused(String name) throws Exception {
    Accounts accounts = open();
    accounts.setUp(GOOD.toCharArray());
    assertThatExceptionOfType(AccountException.class)
        .isThrownBy(() -> accounts.create(name, Role.VIEWER));
    assertThat(accounts.list()).hasSize(1);
  }

  private Accounts open() throws Exception {
    return new Accounts(directory, key, FileWrites.disk(), random, java.time.Clock.systemUTC());
  }
}
