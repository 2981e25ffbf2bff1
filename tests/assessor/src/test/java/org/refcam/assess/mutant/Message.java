// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.mutant;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One HTTP or RTSP message on its way through the fault proxy. Immutable. */
record Message(String first, List<String> headers, byte[] body) {
  Message {
    headers = List.copyOf(headers);
    body = body.clone();
  }

  /** From bytes whose head ends within them. */
  static Message parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Message(text, List.of(), new byte[0]);
    }
    String[] lines = text.substring(0, end).split("\r\n", -1);
    List<String> headers = new ArrayList<>(List.of(lines));
    String first = headers.remove(0);
    return new Message(
        first, headers, text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1));
  }

  static Message answer(int status, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new Message(
        "HTTP/1.1 " + status + " X",
        List.of("Content-Type: " + type, "Content-Length: " + bytes.length, "Connection: close"),
        bytes);
  }

  byte[] bytes() {
    StringBuilder head = new StringBuilder(first).append("\r\n");
    headers.forEach(h -> head.append(h).append("\r\n"));
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  String method() {
    return first.split(" ", 2)[0];
  }

  String path() {
    String[] words = first.split(" ", -1);
    return words.length > 1 ? words[1] : "";
  }

  int status() {
    String[] words = first.split(" ", -1);
    return words.length > 1 && words[1].matches("\\d{3}") ? Integer.parseInt(words[1]) : 0;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  boolean has(String header) {
    return headers.stream()
        .anyMatch(
            h -> h.toLowerCase(Locale.ROOT).startsWith(header.toLowerCase(Locale.ROOT) + ":"));
  }

  Message with(String header, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(header + ": " + value);
    return new Message(first, more, body);
  }

  Message without(String header) {
    return new Message(
        first,
        headers.stream()
            .filter(
                h -> !h.toLowerCase(Locale.ROOT).startsWith(header.toLowerCase(Locale.ROOT) + ":"))
            .toList(),
        body);
  }

  Message withStatus(int status) {
    return new Message(first.replaceFirst(" \\d{3} ?", " " + status + " "), headers, body);
  }

  Message withText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Message(
        first,
        without("Transfer-Encoding")
            .without("Content-Length")
            .with("Content-Length", "" + bytes.length)
            .headers(),
        bytes);
  }

  /** Changes headers line by line. */
  Message headerEdit(String regex, String replacement) {
    return new Message(
        first, headers.stream().map(h -> h.replaceAll(regex, replacement)).toList(), body);
  }
}
