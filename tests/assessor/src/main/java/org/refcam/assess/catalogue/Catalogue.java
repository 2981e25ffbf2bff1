// SPDX-License-Identifier: Apache-2.0
package org.refcam.assess.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All requirements, read from {@code *.json} beside this class. Immutable.
 *
 * @param groups title by group id, in order
 */
public record Catalogue(
    String version,
    Map<String, Text> groups,
    List<Profile> profiles,
    List<Requirement> requirements) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Catalogue {
    groups = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(groups));
    profiles = List.copyOf(profiles);
    requirements = List.copyOf(requirements);
  }

  /** The catalogue of this build. */
  public static Catalogue read() throws IOException {
    JsonNode index = resource("catalogue");
    List<Profile> profiles = new ArrayList<>();
    for (JsonNode one : index.path("profiles")) {
      profiles.add(
          new Profile(one.path("id").asText(), one.path("title").asText(), text(one.path("note"))));
    }
    Map<String, Text> groups = new LinkedHashMap<>();
    List<Requirement> requirements = new ArrayList<>();
    for (JsonNode name : index.path("groups")) {
      JsonNode file = resource(name.asText());
      groups.put(name.asText(), text(file.path("title")));
      for (JsonNode one : file.path("requirements")) {
        requirements.add(requirement(name.asText(), one));
      }
    }
    return new Catalogue(index.path("version").asText(), groups, profiles, requirements);
  }

  /** What a regime asks for; everything for {@link Profile#ALL}. */
  public List<Requirement> of(String profile) {
    return requirements.stream().filter(r -> r.isIn(profile)).toList();
  }

  public Optional<Profile> profile(String id) {
    return profiles.stream().filter(p -> p.id().equals(id)).findFirst();
  }

  private static Requirement requirement(String group, JsonNode node) {
    List<Reference> references = new ArrayList<>();
    for (JsonNode one : node.path("references")) {
      references.add(
          new Reference(
              one.path("regime").asText(),
              one.path("reference").asText(),
              Reference.Basis.valueOf(one.path("basis").asText().toUpperCase(Locale.ROOT)),
              one.path("status").asText()));
    }
    Map<String, String> proof = new HashMap<>();
    node.path("proof").fields().forEachRemaining(e -> proof.put(e.getKey(), e.getValue().asText()));
    List<CheckLink> checks = new ArrayList<>();
    for (JsonNode one : node.path("checks")) {
      checks.add(
          new CheckLink(
              one.path("id").asText(),
              CheckLink.Role.valueOf(one.path("role").asText().toUpperCase(Locale.ROOT))));
    }
    List<String> cases = new ArrayList<>();
    node.path("testCases").forEach(one -> cases.add(one.asText()));
    return new Requirement(
        node.path("id").asText(),
        group,
        text(node.path("title")),
        node.path("statement").asText(),
        node.path("status").asText(),
        node.path("confidence").asText(),
        references,
        proof,
        node.path("stepVi").asText(""),
        cases,
        checks);
  }

  private static Text text(JsonNode node) {
    return new Text(node.path("en").asText(), node.path("vi").asText());
  }

  private static JsonNode resource(String name) throws IOException {
    try (InputStream in = Catalogue.class.getResourceAsStream(name + ".json")) {
      if (in == null) {
        throw new IOException("the catalogue lacks " + name + ".json");
      }
      return JSON.readTree(in);
    }
  }
}
