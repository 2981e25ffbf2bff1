// SPDX-License-Identifier: Apache-2.0
package org.refcam.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {
  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, PUBLIC",
    "172.32.0.1, PUBLIC",
    "100.128.0.1, PUBLIC",
    "127.0.0.1, LOCAL",
    "127.255.255.254, LOCAL",
    "10.1.2.3, LOCAL",
    "172.16.0.1, LOCAL",
    "172.31.255.255, LOCAL",
    "192.168.1.1, LOCAL",
    "169.254.169.254, LOCAL",
    "100.64.0.1, LOCAL",
    "0.0.0.0, NEVER",
    "0.1.2.3, NEVER",
    "224.0.0.1, NEVER",
    "255.255.255.255, NEVER",
    "240.0.0.1, NEVER",
    "192.0.2.1, NEVER",
    "198.51.100.7, NEVER",
    "203.0.113.9, NEVER",
    "198.18.0.1, NEVER",
    "192.0.0.8, NEVER",
    "2400:cb00::1, PUBLIC",
    "::1, LOCAL",
    "fe80::1, LOCAL",
    "fc00::1, LOCAL",
    "fdff::1, LOCAL",
    "::, NEVER",
    "ff02::1, NEVER",
    "2001:db8::1, NEVER",
    "2001::1, NEVER",
    "::ffff:127.0.0.1, LOCAL",
    "64:ff9b::7f00:1, LOCAL",
    "64:ff9b::808:808, PUBLIC",
    "2002:7f00:1::, LOCAL",
    "2002:808:808::, PUBLIC",
    "::7f00:1, NEVER",
    "4000::1, NEVER"
  })
  void of_eachRange_isItsKind(String address, AddressKind kind) throws UnknownHostException {
    assertThat(AddressKind.of(InetAddress.getByName(address))).isEqualTo(kind);
  }
}
