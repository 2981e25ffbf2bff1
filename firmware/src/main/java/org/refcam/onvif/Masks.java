// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.refcam.encode.PrivacyMask;
import org.refcam.onvif.OnvifFault.Code;
import org.refcam.onvif.schema.Overlays.Polygon;
import org.refcam.onvif.schema.Overlays.Vector;

/**
 * Privacy masks by token. The masks themselves are the camera's settings, which the page changes
 * too; tokens are given to them here and live until the camera stops. Guarded by its monitor.
 *
 * <p>ONVIF's coordinates go from -1 to 1, to the right and upward; the camera's from 0 to 1, to the
 * right and downward.
 */
public final class Masks {
  private static final double SMALLEST = 0.001;

  private final PictureControl pictures;
  private final Map<String, PrivacyMask> known = new LinkedHashMap<>();
  private int counter;

  Masks(PictureControl pictures) {
    this.pictures = pictures;
  }

  /** Token to mask, in the order of the settings. */
  public synchronized Map<String, PrivacyMask> all() {
    List<PrivacyMask> now = new ArrayList<>(pictures.masks());
    known.values().removeIf(mask -> !now.remove(mask));
    now.forEach(mask -> known.put("mask-" + ++counter, mask)); // made on the page meanwhile
    return new LinkedHashMap<>(known);
  }

  /**
   * @throws OnvifFault InvalidArgVal/NoConfig
   */
  public PrivacyMask require(String token) {
    PrivacyMask found = all().get(token);
    if (found == null) {
      throw OnvifFault.invalid("NoConfig", "there is no such mask");
    }
    return found;
  }

  /**
   * @return the new mask's token
   * @throws OnvifFault Action/MaxMasks
   */
  public synchronized String create(PrivacyMask mask) {
    Map<String, PrivacyMask> masks = all();
    if (masks.size() >= PictureControl.MOST_MASKS) {
      throw OnvifFault.of(Code.ACTION, "MaxMasks", "there is no room for one more mask");
    }
    String token = "mask-" + ++counter;
    masks.put(token, mask);
    store(masks);
    return token;
  }

  public synchronized void set(String token, PrivacyMask mask) {
    require(token);
    Map<String, PrivacyMask> masks = all();
    masks.put(token, mask);
    store(masks);
  }

  public synchronized void delete(String token) {
    require(token);
    Map<String, PrivacyMask> masks = all();
    masks.remove(token);
    store(masks);
  }

  private void store(Map<String, PrivacyMask> masks) {
    Values.store(() -> pictures.masks(List.copyOf(masks.values())));
    known.clear();
    known.putAll(masks);
  }

  /**
   * The rectangle around a polygon: it hides all that the polygon hides.
   *
   * @throws OnvifFault InvalidArgVal/InvalidPolygon unless it is a rectangle within the picture
   */
  public static PrivacyMask mask(Polygon polygon) {
    List<Vector> points = Values.required(polygon, "Polygon").Point;
    boolean complete =
        points.size() == 4
            && points.stream().allMatch(p -> p.x != null && p.y != null)
            && points.stream().allMatch(p -> Math.abs(p.x) <= 1 && Math.abs(p.y) <= 1);
    if (!complete) {
      throw invalid();
    }
    double left = points.stream().mapToDouble(p -> p.x).min().orElseThrow();
    double right = points.stream().mapToDouble(p -> p.x).max().orElseThrow();
    double bottom = points.stream().mapToDouble(p -> p.y).min().orElseThrow();
    double top = points.stream().mapToDouble(p -> p.y).max().orElseThrow();
    boolean rectangle =
        points.stream()
            .allMatch(p -> (p.x == left || p.x == right) && (p.y == bottom || p.y == top));
    if (!rectangle || right - left < SMALLEST || top - bottom < SMALLEST) {
      throw invalid();
    }
    double x = (left + 1) / 2;
    double y = (1 - top) / 2;
    return new PrivacyMask(
        x, y, Math.min(1 - x, (right - left) / 2), Math.min(1 - y, (top - bottom) / 2));
  }

  private static OnvifFault invalid() {
    return OnvifFault.invalid("InvalidPolygon", "a mask is a rectangle within the picture");
  }

  public static Polygon polygon(PrivacyMask mask) {
    Polygon polygon = new Polygon();
    double right = mask.x() + mask.width();
    double bottom = mask.y() + mask.height();
    polygon.Point.add(point(mask.x(), mask.y()));
    polygon.Point.add(point(right, mask.y()));
    polygon.Point.add(point(right, bottom));
    polygon.Point.add(point(mask.x(), bottom));
    return polygon;
  }

  private static Vector point(double x, double y) {
    Vector vector = new Vector();
    vector.x = (float) Math.max(-1, Math.min(1, x * 2 - 1));
    vector.y = (float) Math.max(-1, Math.min(1, 1 - y * 2));
    return vector;
  }
}
