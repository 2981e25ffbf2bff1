// SPDX-License-Identifier: Apache-2.0
package org.refcam.board;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping of a board file that the schema has accepted: types are as they must be. */
record Fields(Map<?, ?> map) {
  String text(String name) {
    return find(name).orElseThrow(() -> new AssertionError("the schema requires " + name));
  }

  Optional<String> find(String name) {
    return Optional.ofNullable((String) map.get(name));
  }

  int number(String name) {
    return findNumber(name).orElseThrow(() -> new AssertionError("the schema requires " + name));
  }

  Optional<Integer> findNumber(String name) {
    return Optional.ofNullable((Integer) map.get(name));
  }

  Fields fields(String name) {
    return findFields(name).orElseThrow(() -> new AssertionError("the schema requires " + name));
  }

  /** False if it is not there. */
  boolean flag(String name) {
    return Boolean.TRUE.equals(map.get(name));
  }

  Optional<Fields> findFields(String name) {
    return map.get(name) instanceof Map<?, ?> inner
        ? Optional.of(new Fields(inner))
        : Optional.empty();
  }

  List<String> texts(String name) {
    return map.get(name) instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  List<Fields> list(String name) {
    return map.get(name) instanceof List<?> list
        ? list.stream().map(item -> new Fields((Map<?, ?>) item)).toList()
        : List.of();
  }
}
