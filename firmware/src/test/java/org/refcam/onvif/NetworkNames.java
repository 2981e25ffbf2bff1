// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns answers about this machine's network into requests that ask for the same. */
final class NetworkNames {
  private NetworkNames() {}

  static String hostname() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
  }

  static String dns(String answer) {
    return between(answer, "<tt:DNSManual>", "</tt:DNSManual>")
        .replace("<tt:DNSManual>", "<n:DNSManual>")
        .replace("</tt:DNSManual>", "</n:DNSManual>");
  }

  static String gateway(String answer) {
    return between(answer, "<tt:IPv4Address>", "</tt:IPv4Address>").replace("tt:", "n:");
  }

  private static String between(String answer, String first, String last) {
    int from = answer.indexOf(first);
    return from < 0 ? "" : answer.substring(from, answer.lastIndexOf(last) + last.length());
  }
}
