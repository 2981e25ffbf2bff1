// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.cxf.helpers.DOMUtils;
import org.refcam.onvif.Namespaces;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The topics as the tree of elements that GetEventProperties shows. Stateless. */
final class TopicTree {
  private TopicTree() {}

  static List<Element> elements() {
    Document document = DOMUtils.createDocument();
    Map<List<String>, Element> made = new LinkedHashMap<>();
    List<Element> roots = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      for (int depth = 1; depth <= topic.path().size(); depth++) {
        List<String> path = topic.path().subList(0, depth);
        if (!made.containsKey(path)) {
          boolean root = depth == 1;
          String name = topic.path().get(depth - 1);
          Element element =
              root
                  ? document.createElementNS(Namespaces.TNS1, "tns1:" + name)
                  : document.createElementNS(
                      name.startsWith("refcam:") ? Namespaces.OWN : null, name);
          made.put(path, element);
          if (root) {
            roots.add(element);
          } else {
            parent(made, path).appendChild(element);
          }
        }
      }
      Element leaf = made.get(topic.path());
      if (leaf != null) {
        leaf.setAttributeNS(Namespaces.WSTOP, "wstop:topic", "true");
        leaf.appendChild(description(document, topic));
      }
    }
    return roots;
  }

  private static Element parent(Map<List<String>, Element> made, List<String> path) {
    Element parent = made.get(path.subList(0, path.size() - 1));
    if (parent == null) {
      throw new AssertionError("parents are made first");
    }
    return parent;
  }

  private static Element description(Document document, Topic topic) {
    Element description = document.createElementNS(Namespaces.TT, "tt:MessageDescription");
    description.setAttribute("IsProperty", Boolean.toString(topic.data().isPresent()));
    description.appendChild(items(document, "tt:Source", topic.source()));
    topic
        .data()
        .ifPresent(data -> description.appendChild(items(document, "tt:Data", List.of(data))));
    return description;
  }

  private static Element items(Document document, String name, List<Topic.Item> described) {
    Element items = document.createElementNS(Namespaces.TT, name);
    for (Topic.Item item : described) {
      Element simple = document.createElementNS(Namespaces.TT, "tt:SimpleItemDescription");
      simple.setAttribute("Name", item.name());
      simple.setAttribute("Type", item.type());
      simple.setAttributeNS(
          "http://www.w3.org/2000/xmlns/", "xmlns:xs", "http://www.w3.org/2001/XMLSchema");
      items.appendChild(simple);
    }
    return items;
  }
}
