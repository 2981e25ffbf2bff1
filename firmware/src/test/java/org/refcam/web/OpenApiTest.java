// SPDX-License-Identifier: Apache-2.0
package org.refcam.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.refcam.web.CameraStatus.StreamFacts;
import org.refcam.web.Entrance.Client;
import org.refcam.web.Entrance.NewClient;
import org.refcam.web.RefusedException.Reason;

/** Compares {@code openapi.json} with the code that it describes. */
class OpenApiTest {
  private static final String SCHEMAS = "#/components/schemas/";

  private static final List<Class<?>> RESOURCES =
      List.of(
          RestApi.class,
          AccountsResource.class,
          SessionsResource.class,
          PasskeysResource.class,
          AuditResource.class,
          UpdateResource.class,
          FactoryApi.class,
          EraseResource.class,
          RecordingsApi.class,
          EgressResource.class,
          FleetResource.class,
          EvidenceResource.class,
          HealthResource.class,
          WifiResource.class);

  private final JsonNode document = read();

  @Test
  void operations_areThoseOfTheResource() {
    TreeSet<String> described = new TreeSet<>();
    document
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> described.add(method + " " + path.getKey())));
    assertThat(described).isNotEmpty().isEqualTo(new TreeSet<>(served().keySet()));
  }

  @Test
  void parameters_areThoseOfTheMethods() {
    served()
        .forEach(
            (call, method) -> {
              List<String> taken = new ArrayList<>();
              for (Parameter parameter : method.getParameters()) {
                for (PathParam named : parameter.getAnnotationsByType(PathParam.class)) {
                  taken.add(named.value());
                }
                for (QueryParam named : parameter.getAnnotationsByType(QueryParam.class)) {
                  taken.add(named.value());
                }
                for (HeaderParam named : parameter.getAnnotationsByType(HeaderParam.class)) {
                  taken.add(named.value());
                }
              }
              List<String> named = new ArrayList<>();
              operation(call).path("parameters").forEach(p -> named.add(p.path("name").asText()));
              assertThat(named).as(call).isEqualTo(taken);
            });
  }

  @Test
  void requestBodies_haveTheFieldsOfTheirRecords() {
    int bodies = 0;
    for (Map.Entry<String, Method> entry : served().entrySet()) {
      JsonNode schema =
          operation(entry.getKey()).at("/requestBody/content/application~1json/schema");
      List<Parameter> taken =
          Arrays.stream(entry.getValue().getParameters())
              .filter(parameter -> parameter.getType().isRecord())
              .toList();
      assertThat(schema.isMissingNode()).as(entry.getKey()).isEqualTo(taken.isEmpty());
      for (Parameter parameter : taken) {
        compare(parameter.getType(), schema, entry.getKey());
        bodies++;
      }
    }
    assertThat(bodies).isEqualTo(25);
  }

  @Test
  void requestBodies_requireWhatIsNotNullable() {
    for (Class<?> type :
        RESOURCES.stream().flatMap(r -> Stream.of(r.getDeclaredClasses())).toList()) {
      if (type.isRecord()) {
        TreeSet<String> needed = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
          if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            needed.add(component.getName());
          }
        }
        TreeSet<String> required = new TreeSet<>();
        JsonNode schema = document.at("/components/schemas/" + type.getSimpleName());
        schema.path("required").forEach(name -> required.add(name.asText()));
        assertThat(required).as(type.getSimpleName()).isEqualTo(needed);
      }
    }
  }

  @Test
  void answers_haveTheFieldsOfTheirRecords() {
    for (Class<?> type : List.of(Client.class, NewClient.class, StreamFacts.class)) {
      JsonNode schema = document.at("/components/schemas/" + type.getSimpleName());
      compare(type, schema, type.getSimpleName());
    }
    served()
        .forEach(
            (call, method) -> {
              JsonNode answer =
                  operation(call).at("/responses/200/content/application~1json/schema");
              if (method.getReturnType().isRecord() || method.getReturnType() == List.class) {
                compare(method.getGenericReturnType(), answer, call);
              } else if (method.getReturnType() == void.class) {
                assertThat(operation(call).at("/responses/204").isObject()).as(call).isTrue();
              }
            });
  }

  @Test
  void errors_areTheReasonsWithTheirStatus() {
    List<String> words =
        Arrays.stream(Reason.values()).map(r -> r.name().toLowerCase(Locale.ROOT)).toList();
    List<String> described = new ArrayList<>();
    document
        .at("/components/schemas/Error/properties/error/enum")
        .forEach(word -> described.add(word.asText()));
    assertThat(described).containsExactlyInAnyOrderElementsOf(words);
    for (String call : served().keySet()) {
      operation(call)
          .path("responses")
          .fields()
          .forEachRemaining(
              answer -> {
                int status = Integer.parseInt(answer.getKey());
                JsonNode errors = answer.getValue().path("x-errors");
                assertThat(errors.isEmpty()).as(call + " " + status).isEqualTo(status < 400);
                for (JsonNode word : errors) {
                  Reason reason = Reason.valueOf(word.asText().toUpperCase(Locale.ROOT));
                  assertThat(reason.status()).as(call + " " + word).isEqualTo(status);
                }
              });
    }
  }

  @Test
  @DisplayName("INV-ACCESS-4 every call stands in the table of roles, and nothing else does")
  void calls_areThoseOfTheTable() {
    TreeSet<String> table = new TreeSet<>();
    RestTable.CALLS.forEach(call -> table.add(call.toString()));
    TreeSet<String> calls = new TreeSet<>();
    served()
        .keySet()
        .forEach(
            call -> {
              String[] words = call.split(" /", 2);
              String template = words[1].replaceAll("\\{[^}]*\\}", "{}");
              calls.add(words[0].toUpperCase(Locale.ROOT) + " " + template);
            });
    assertThat(table).isEqualTo(calls);
  }

  @Test
  void references_leadSomewhere() {
    List<String> references = document.findValuesAsText("$ref");
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
    }
  }

  private void compare(Type type, JsonNode given, String where) {
    JsonNode schema = given;
    if (given.has("$ref")) {
      String reference = given.path("$ref").asText();
      assertThat(reference).as(where).startsWith(SCHEMAS);
      schema = document.at(reference.substring(1));
    }
    assertThat(schema.path("type").asText()).as(where).isEqualTo(jsonType(type));
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      compare(list.getActualTypeArguments()[0], schema.path("items"), where + "[]");
    } else if (type instanceof Class<?> owner && owner.isRecord()) {
      TreeMap<String, Type> fields = new TreeMap<>();
      for (RecordComponent component : owner.getRecordComponents()) {
        fields.put(component.getName(), component.getGenericType());
      }
      JsonNode properties = schema.path("properties");
      TreeSet<String> described = new TreeSet<>();
      properties.fieldNames().forEachRemaining(described::add);
      assertThat(described).as(where).isEqualTo(new TreeSet<>(fields.keySet()));
      fields.forEach((name, field) -> compare(field, properties.path(name), where + "." + name));
    }
  }

  private static String jsonType(Type type) {
    if (type instanceof ParameterizedType list) {
      assertThat(list.getRawType()).isIn(List.class, Map.class);
      return list.getRawType() == List.class ? "array" : "object";
    }
    if (type == String.class || type == char[].class) {
      return "string";
    }
    if (type == boolean.class) {
      return "boolean";
    }
    if (type == int.class || type == Integer.class || type == long.class) {
      return "integer";
    }
    return type == double.class ? "number" : "object";
  }

  private JsonNode operation(String call) {
    int space = call.indexOf(' ');
    return document.path("paths").path(call.substring(space + 1)).path(call.substring(0, space));
  }

  /** The resources' methods by {@code get /path}. */
  private static Map<String, Method> served() {
    Map<String, Method> served = new TreeMap<>();
    for (Class<?> resource : RESOURCES) {
      String top = resource.getAnnotation(Path.class).value();
      for (Method method : resource.getDeclaredMethods()) {
        for (Annotation annotation : method.getAnnotations()) {
          for (HttpMethod verb :
              annotation.annotationType().getAnnotationsByType(HttpMethod.class)) {
            String path = top.equals("/") ? "" : "/" + top;
            for (Path named : method.getAnnotationsByType(Path.class)) {
              path += "/" + named.value();
            }
            served.put(verb.value().toLowerCase(Locale.ROOT) + " " + path, method);
          }
        }
      }
    }
    return served;
  }

  private static JsonNode read() {
    JsonMapper mapper =
        JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (InputStream document = RestApi.class.getResourceAsStream("openapi.json")) {
      assertThat(document).as("openapi.json beside RestApi").isNotNull();
      return mapper.readTree(document);
    } catch (IOException e) {
      throw new AssertionError("openapi.json is JSON", e);
    }
  }
}
