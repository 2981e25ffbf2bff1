// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.analytics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.apache.cxf.helpers.DOMUtils;
import org.refcam.encode.PrivacyMask;
import org.refcam.motion.MotionZone;
import org.refcam.onvif.Masks;
import org.refcam.onvif.Namespaces;
import org.refcam.onvif.OnvifFault;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.Values;
import org.refcam.onvif.schema.MediaTypes.Config;
import org.refcam.onvif.schema.MediaTypes.ItemList;
import org.refcam.onvif.schema.MediaTypes.ItemListElementItem;
import org.refcam.onvif.schema.Overlays.Polygon;
import org.refcam.onvif.schema.Overlays.Vector;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The camera's motion zones as rules of the type tt:MotionRegionDetector (Analytics Service
 * Specification, A.4): a name, a rectangle as a polygon of four points from -1 to 1, and the
 * sensitivity from 0 to 1. Stateless.
 */
final class MotionRegions {
  static final QName TYPE = new QName(Namespaces.TT, "MotionRegionDetector", "tt");
  static final String REGION = "MotionRegion";

  /** The rule that stands for "everywhere", which the camera looks at where there are no zones. */
  static final MotionZone EVERYWHERE = new MotionZone("Everywhere", 0, 0, 1, 1);

  /**
   * A rule that was read.
   *
   * @param sensitivity 1 to 100, where the client says one
   */
  record Region(MotionZone zone, Optional<Integer> sensitivity) {}

  private MotionRegions() {}

  static Config describe(MotionZone zone, int sensitivity) {
    Config rule = new Config();
    rule.Name = zone.name();
    rule.Type = TYPE;
    rule.Parameters = new ItemList();
    ItemListElementItem item = new ItemListElementItem();
    item.Name = REGION;
    item.any = config(zone, sensitivity);
    rule.Parameters.ElementItem.add(item);
    return rule;
  }

  private static Element config(MotionZone zone, int sensitivity) {
    Document document = DOMUtils.createDocument();
    Element config = document.createElementNS(Namespaces.AXT, "axt:MotionRegionConfig");
    config.setAttribute("Armed", "true");
    config.setAttribute("Sensitivity", Float.toString((sensitivity - 1) / 99f));
    Element polygon = document.createElementNS(Namespaces.TT, "tt:Polygon");
    PrivacyMask box = new PrivacyMask(zone.x(), zone.y(), zone.width(), zone.height());
    for (Vector corner : Masks.polygon(box).Point) {
      Element point = document.createElementNS(Namespaces.TT, "tt:Point");
      point.setAttribute("x", Float.toString(corner.x));
      point.setAttribute("y", Float.toString(corner.y));
      polygon.appendChild(point);
    }
    config.appendChild(polygon);
    document.appendChild(config);
    return config;
  }

  /** What can be chosen in a rule. */
  static Element options(int mostRegions) {
    Document document = DOMUtils.createDocument();
    Element options = document.createElementNS(Namespaces.AXT, "axt:MotionRegionConfigOptions");
    document.appendChild(options);
    option(options, "MaxRegions", Integer.toString(mostRegions));
    option(options, "DisarmSupport", "false");
    option(options, "PolygonSupport", "false");
    option(options, "SingleSensitivitySupport", "true");
    option(options, "RuleNotification", "true");
    return options;
  }

  private static void option(Element parent, String name, String value) {
    Element child = parent.getOwnerDocument().createElementNS(Namespaces.AXT, "axt:" + name);
    child.setTextContent(value);
    parent.appendChild(child);
  }

  /**
   * @throws OnvifFault InvalidArgs, or InvalidArgVal/InvalidRule if it is no rule that the camera
   *     can keep
   */
  static Region read(Config rule) {
    String name = Values.required(rule.Name, "Name");
    if (!TYPE.equals(Values.required(rule.Type, "Type"))) {
      throw invalid("there is no such type of rule");
    }
    Element config = config(rule);
    if ("false".equals(config.getAttribute("Armed"))) {
      throw invalid("a region cannot be disarmed; delete it");
    }
    NodeList polygons = config.getElementsByTagNameNS(Namespaces.TT, "Polygon");
    try {
      MotionZone zone =
          polygons.getLength() == 0
              ? new MotionZone(name, 0, 0, 1, 1)
              : zone(name, (Element) polygons.item(0));
      return new Region(zone, sensitivity(config.getAttribute("Sensitivity")));
    } catch (IllegalArgumentException e) {
      OnvifFault fault = invalid("a name, a rectangle or a number is none");
      fault.initCause(e);
      throw fault;
    }
  }

  private static Element config(Config rule) {
    List<Element> configs = new ArrayList<>();
    if (rule.Parameters != null) {
      for (ItemListElementItem item : rule.Parameters.ElementItem) {
        if (REGION.equals(item.Name) && item.any != null) {
          configs.add(item.any);
        }
      }
    }
    if (configs.size() != 1
        || !Namespaces.AXT.equals(configs.get(0).getNamespaceURI())
        || !"MotionRegionConfig".equals(configs.get(0).getLocalName())) {
      throw OnvifFault.of(Code.INVALID_ARGS, "a rule has one MotionRegion");
    }
    return configs.get(0);
  }

  private static MotionZone zone(String name, Element polygon) {
    Polygon read = new Polygon();
    NodeList points = polygon.getElementsByTagNameNS(Namespaces.TT, "Point");
    for (int i = 0; i < points.getLength(); i++) {
      Vector vector = new Vector();
      vector.x = Float.valueOf(((Element) points.item(i)).getAttribute("x"));
      vector.y = Float.valueOf(((Element) points.item(i)).getAttribute("y"));
      read.Point.add(vector);
    }
    PrivacyMask box = Masks.mask(read);
    return new MotionZone(name, box.x(), box.y(), box.width(), box.height());
  }

  private static Optional<Integer> sensitivity(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    float value = Float.parseFloat(text);
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("sensitivity " + value);
    }
    return Optional.of(1 + Math.round(value * 99));
  }

  static OnvifFault invalid(String text) {
    return OnvifFault.invalid("InvalidRule", text);
  }
}
