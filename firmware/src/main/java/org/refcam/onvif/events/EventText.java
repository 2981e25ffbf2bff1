// SPDX-License-Identifier: Apache-2.0
package org.refcam.onvif.events;

import java.util.List;
import org.refcam.onvif.events.Topic.Item;
import org.refcam.onvif.schema.EventTypes.Items;
import org.refcam.onvif.schema.EventTypes.Message;
import org.refcam.onvif.schema.EventTypes.SimpleItem;
import org.refcam.onvif.wsn.Notifications.NotificationMessage;
import org.refcam.onvif.wsn.Notifications.NotificationMessageHolderType;
import org.refcam.onvif.wsn.Notifications.TopicExpressionType;

/** Events as notification messages. Stateless. */
public final class EventText {
  static final String CONCRETE_SET = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet";

  private EventText() {}

  public static NotificationMessageHolderType describe(Event event) {
    Message message = new Message();
    message.UtcTime = Terms.text(event.at());
    message.Source = items(event.topic().source(), event.source());
    if (event.topic().data().isPresent()) {
      message.PropertyOperation = event.initial() ? "Initialized" : "Changed";
      message.Data = items(List.of(event.topic().data().get()), List.of(event.state()));
    }
    NotificationMessageHolderType made = new NotificationMessageHolderType();
    made.Topic = new TopicExpressionType();
    made.Topic.Dialect = CONCRETE_SET;
    made.Topic.value = event.topic().expression();
    made.Message = new NotificationMessage();
    made.Message.Message = message;
    return made;
  }

  private static Items items(List<Item> names, List<String> values) {
    Items items = new Items();
    for (int i = 0; i < names.size(); i++) {
      SimpleItem item = new SimpleItem();
      item.Name = names.get(i).name();
      item.Value = values.get(i);
      items.SimpleItem.add(item);
    }
    return items;
  }
}
