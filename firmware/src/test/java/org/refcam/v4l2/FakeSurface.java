// SPDX-License-Identifier: Apache-2.0
package org.refcam.v4l2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Controls as a driver has them, without a driver. */
public final class FakeSurface implements ControlSurface {
  public final Map<Integer, Control> controls = new LinkedHashMap<>();
  public final Map<Integer, Long> values = new LinkedHashMap<>();

  /** Numbers of the controls written, in order. */
  public final List<Integer> written = new ArrayList<>();

  /** Controls whose writes fail. */
  public final List<Integer> broken = new ArrayList<>();

  public int closed;

  public FakeSurface number(int id, long minimum, long maximum, long step, long usual) {
    return add(
        new Control(
            id, Control.Type.INTEGER, "number", minimum, maximum, step, usual, 0, Map.of()));
  }

  public FakeSurface toggle(int id, long usual) {
    return add(new Control(id, Control.Type.BOOLEAN, "switch", 0, 1, 1, usual, 0, Map.of()));
  }

  public FakeSurface menu(int id, long usual, Map<Integer, String> items) {
    return add(new Control(id, Control.Type.MENU, "menu", 0, 3, 1, usual, 0, items));
  }

  private FakeSurface add(Control control) {
    controls.put(control.id(), control);
    values.put(control.id(), control.defaultValue());
    return this;
  }

  @Override
  public Optional<Control> control(int id) {
    return Optional.ofNullable(controls.get(id));
  }

  @Override
  public long read(Control control) {
    return Objects.requireNonNull(values.get(control.id()));
  }

  @Override
  public void write(Control control, long value) throws IOException {
    written.add(control.id());
    if (broken.contains(control.id())) {
      throw new IOException("broken");
    }
    values.put(control.id(), value);
  }

  @Override
  public void close() {
    closed++;
  }
}
