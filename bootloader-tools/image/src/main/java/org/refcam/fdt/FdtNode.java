// SPDX-License-Identifier: Apache-2.0
package org.refcam.fdt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node: properties, then children, both in their order and each name once. Immutable; the name of
 * the root is empty.
 */
public final class FdtNode {
  private final String name;
  private final Map<String, FdtProperty> properties;
  private final Map<String, FdtNode> children;

  private FdtNode(Builder builder) {
    name = builder.name;
    properties = new LinkedHashMap<>(builder.properties);
    children = new LinkedHashMap<>(builder.children);
  }

  public static Builder builder(String name) {
    return new Builder(name);
  }

  public String name() {
    return name;
  }

  public List<FdtProperty> properties() {
    return List.copyOf(properties.values());
  }

  public List<FdtNode> children() {
    return List.copyOf(children.values());
  }

  public Optional<FdtProperty> find(String property) {
    return Optional.ofNullable(properties.get(property));
  }

  public Optional<String> findString(String property) {
    return find(property).flatMap(FdtProperty::string);
  }

  public OptionalLong findNumber(String property) {
    return find(property).map(FdtProperty::number).orElse(OptionalLong.empty());
  }

  /** The node at a path below this one, such as {@code images/kernel-1}; its own if empty. */
  public Optional<FdtNode> findNode(String path) {
    FdtNode node = this;
    for (String step : path.split("/", -1)) {
      if (!step.isEmpty()) {
        FdtNode child = node.children.get(step);
        if (child == null) {
          return Optional.empty();
        }
        node = child;
      }
    }
    return Optional.of(node);
  }

  /** A builder that begins with all that this node has. */
  public Builder toBuilder() {
    Builder builder = new Builder(name);
    builder.properties.putAll(properties);
    builder.children.putAll(children);
    return builder;
  }

  /** Makes a node. Confined to one thread. */
  public static final class Builder {
    private final String name;
    private final Map<String, FdtProperty> properties = new LinkedHashMap<>();
    private final Map<String, FdtNode> children = new LinkedHashMap<>();

    private Builder(String name) {
      this.name = name;
    }

    /** Sets a property, in the place of one of the same name if there is one. */
    public Builder set(FdtProperty property) {
      properties.put(property.name(), property);
      return this;
    }

    public Builder set(String property, String value) {
      return set(FdtProperty.ofString(property, value));
    }

    /** Sets a child, in the place of one of the same name if there is one. */
    public Builder set(FdtNode child) {
      children.put(child.name(), child);
      return this;
    }

    public FdtNode build() {
      return new FdtNode(this);
    }

    boolean hasProperty(String property) {
      return properties.containsKey(property);
    }

    boolean hasChild(String child) {
      return children.containsKey(child);
    }
  }
}
