// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.check;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Raw evidence by file name, kept until the report is written. Passwords that the user gave are
 * replaced, because a report travels. Confined to one thread.
 */
public final class Evidence {
  private static final int FILE_MAX = 128 << 10;
  private static final int SECRET_MIN = 4;

  private final List<String> secrets;
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /**
   * @param secrets what must not stand in any file; shorter than 4 letters are left alone
   */
  public Evidence(List<String> secrets) {
    this.secrets = secrets.stream().filter(one -> one.length() >= SECRET_MIN).toList();
  }

  /** Keeps a text, cut at 128 KiB, and names its file. */
  public String keep(String check, String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "[password given by the user]");
    }
    if (clean.length() > FILE_MAX) {
      clean = clean.substring(0, FILE_MAX) + "\n[cut]\n";
    }
    String name = "evidence/" + check.replaceAll("[^a-z0-9.-]", "_") + ".txt";
    for (int i = 2; files.containsKey(name); i++) {
      name = "evidence/" + check + "-" + i + ".txt";
    }
    files.put(name, clean.getBytes(StandardCharsets.UTF_8));
    return name;
  }

  public Map<String, byte[]> files() {
    return new LinkedHashMap<>(files);
  }
}
