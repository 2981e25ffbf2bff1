// SPDX-License-Identifier: Apache-2.0
// Controls: brightness to bit rate, all by the extended interface.
#include "refcam_v4l2.h"

#include <errno.h>

// id: a control, or one with the NEXT flags. out: id, type, minimum, maximum, step, default, flags, elements.
NATIVE(jboolean, queryControl)(JNIEnv *env, jclass type, jint fd, jint id, jlongArray out, jbyteArray text) {
  struct v4l2_query_ext_ctrl control = {.id = (__u32)id};
  if (!ASK(env, fd, VIDIOC_QUERY_EXT_CTRL, &control, EINVAL)) {
    return JNI_FALSE;
  }
  const jlong values[] = {control.id,         control.type,          control.minimum, control.maximum,
                          (jlong)control.step, control.default_value, control.flags,   control.elems};
  (*env)->SetLongArrayRegion(env, out, 0, 8, values);
  refcam_put_text(env, text, 0, control.name, 32);
  return JNI_TRUE;
}

// out: the value of an integer menu's item; text: 32 bytes, the name of a menu's item. False where the item is missing.
NATIVE(jboolean, queryMenu)(JNIEnv *env, jclass type, jint fd, jint id, jint index, jlongArray out, jbyteArray text) {
  struct v4l2_querymenu item = {.id = (__u32)id, .index = (__u32)index};
  if (!ASK(env, fd, VIDIOC_QUERYMENU, &item, EINVAL)) {
    return JNI_FALSE;
  }
  const jlong value = item.value;
  (*env)->SetLongArrayRegion(env, out, 0, 1, &value);
  refcam_put_text(env, text, 0, item.name, 32);
  return JNI_TRUE;
}

// wide: the control is 64 bits, not 32.
NATIVE(jlong, getControl)(JNIEnv *env, jclass type, jint fd, jint id, jboolean wide) {
  struct v4l2_ext_control control = {.id = (__u32)id};
  struct v4l2_ext_controls controls = {.which = V4L2_CTRL_WHICH_CUR_VAL, .count = 1, .controls = &control};
  if (!CALL(env, fd, VIDIOC_G_EXT_CTRLS, &controls)) {
    return 0;
  }
  return wide ? control.value64 : control.value;
}

NATIVE(void, setControl)(JNIEnv *env, jclass type, jint fd, jint id, jboolean wide, jlong value) {
  struct v4l2_ext_control control = {.id = (__u32)id};
  if (wide) {
    control.value64 = value;
  } else {
    control.value = (__s32)value;
  }
  struct v4l2_ext_controls controls = {.which = V4L2_CTRL_WHICH_CUR_VAL, .count = 1, .controls = &control};
  CALL(env, fd, VIDIOC_S_EXT_CTRLS, &controls);
}
