// SPDX-License-Identifier: Apache-2.0
// Formats, sizes, intervals: what a queue can carry and what it carries now.
#include "refcam_v4l2.h"

#include <errno.h>

// Ints before the planes in the array that `format` takes: width, height, fourcc, field, colour space, plane count.
enum { HEAD = 6, PLANE = 2, FORMAT_INTS = HEAD + PLANE * VIDEO_MAX_PLANES };

// out: fourcc, flags; text: 32 bytes of description. False after the last one.
NATIVE(jboolean, enumerateFormat)(JNIEnv *env, jclass type, jint fd, jint queue, jint index, jintArray out,
                                  jbyteArray text) {
  struct v4l2_fmtdesc description = {.type = (__u32)queue, .index = (__u32)index};
  if (!ASK(env, fd, VIDIOC_ENUM_FMT, &description, EINVAL)) {
    return JNI_FALSE;
  }
  const jint values[] = {(jint)description.pixelformat, (jint)description.flags};
  (*env)->SetIntArrayRegion(env, out, 0, 2, values);
  refcam_put_text(env, text, 0, description.description, 32);
  return JNI_TRUE;
}

// out: least, greatest and step of the width, then of the height. False after the last one, or where the driver lists none.
NATIVE(jboolean, enumerateFrameSize)(JNIEnv *env, jclass type, jint fd, jint fourcc, jint index, jintArray out) {
  struct v4l2_frmsizeenum size = {.pixel_format = (__u32)fourcc, .index = (__u32)index};
  int error = refcam_ioctl(fd, VIDIOC_ENUM_FRAMESIZES, &size);
  if (error == EINVAL || error == ENOTTY) {
    return JNI_FALSE;
  }
  if (error != 0) {
    refcam_throw(env, "VIDIOC_ENUM_FRAMESIZES", error);
    return JNI_FALSE;
  }
  jint values[6];
  if (size.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
    values[0] = values[1] = (jint)size.discrete.width;
    values[3] = values[4] = (jint)size.discrete.height;
    values[2] = values[5] = 1;
  } else {
    values[0] = (jint)size.stepwise.min_width;
    values[1] = (jint)size.stepwise.max_width;
    values[2] = (jint)size.stepwise.step_width;
    values[3] = (jint)size.stepwise.min_height;
    values[4] = (jint)size.stepwise.max_height;
    values[5] = (jint)size.stepwise.step_height;
  }
  (*env)->SetIntArrayRegion(env, out, 0, 6, values);
  return JNI_TRUE;
}

// out: shortest interval, then longest, each as numerator and denominator in seconds; equal when discrete.
NATIVE(jboolean, enumerateFrameInterval)(JNIEnv *env, jclass type, jint fd, jint fourcc, jint width, jint height,
                                         jint index, jintArray out) {
  struct v4l2_frmivalenum interval = {
      .pixel_format = (__u32)fourcc, .width = (__u32)width, .height = (__u32)height, .index = (__u32)index};
  int error = refcam_ioctl(fd, VIDIOC_ENUM_FRAMEINTERVALS, &interval);
  if (error == EINVAL || error == ENOTTY) {
    return JNI_FALSE;
  }
  if (error != 0) {
    refcam_throw(env, "VIDIOC_ENUM_FRAMEINTERVALS", error);
    return JNI_FALSE;
  }
  struct v4l2_fract least = interval.type == V4L2_FRMIVAL_TYPE_DISCRETE ? interval.discrete : interval.stepwise.min;
  struct v4l2_fract most = interval.type == V4L2_FRMIVAL_TYPE_DISCRETE ? interval.discrete : interval.stepwise.max;
  const jint values[] = {(jint)least.numerator, (jint)least.denominator, (jint)most.numerator, (jint)most.denominator};
  (*env)->SetIntArrayRegion(env, out, 0, 4, values);
  return JNI_TRUE;
}

static void to_kernel(const jint *from, struct v4l2_format *to) {
  if (V4L2_TYPE_IS_MULTIPLANAR(to->type)) {
    struct v4l2_pix_format_mplane *pix = &to->fmt.pix_mp;
    pix->width = (__u32)from[0];
    pix->height = (__u32)from[1];
    pix->pixelformat = (__u32)from[2];
    pix->field = (__u32)from[3];
    pix->colorspace = (__u32)from[4];
    pix->num_planes = (__u8)(from[5] < 1 ? 1 : from[5] > VIDEO_MAX_PLANES ? VIDEO_MAX_PLANES : from[5]);
    for (int i = 0; i < pix->num_planes; i++) {
      pix->plane_fmt[i].bytesperline = (__u32)from[HEAD + PLANE * i];
      pix->plane_fmt[i].sizeimage = (__u32)from[HEAD + PLANE * i + 1];
    }
  } else {
    struct v4l2_pix_format *pix = &to->fmt.pix;
    pix->width = (__u32)from[0];
    pix->height = (__u32)from[1];
    pix->pixelformat = (__u32)from[2];
    pix->field = (__u32)from[3];
    pix->colorspace = (__u32)from[4];
    pix->bytesperline = (__u32)from[HEAD];
    pix->sizeimage = (__u32)from[HEAD + 1];
  }
}

static void from_kernel(const struct v4l2_format *from, jint *to) {
  if (V4L2_TYPE_IS_MULTIPLANAR(from->type)) {
    const struct v4l2_pix_format_mplane *pix = &from->fmt.pix_mp;
    to[0] = (jint)pix->width;
    to[1] = (jint)pix->height;
    to[2] = (jint)pix->pixelformat;
    to[3] = (jint)pix->field;
    to[4] = (jint)pix->colorspace;
    to[5] = pix->num_planes > VIDEO_MAX_PLANES ? VIDEO_MAX_PLANES : pix->num_planes;
    for (int i = 0; i < to[5]; i++) {
      to[HEAD + PLANE * i] = (jint)pix->plane_fmt[i].bytesperline;
      to[HEAD + PLANE * i + 1] = (jint)pix->plane_fmt[i].sizeimage;
    }
  } else {
    const struct v4l2_pix_format *pix = &from->fmt.pix;
    to[0] = (jint)pix->width;
    to[1] = (jint)pix->height;
    to[2] = (jint)pix->pixelformat;
    to[3] = (jint)pix->field;
    to[4] = (jint)pix->colorspace;
    to[5] = 1;
    to[HEAD] = (jint)pix->bytesperline;
    to[HEAD + 1] = (jint)pix->sizeimage;
  }
}

static void format(JNIEnv *env, int fd, unsigned long request, const char *call, bool give, jint queue,
                   jintArray inout) {
  jint values[FORMAT_INTS] = {0};
  struct v4l2_format one = {.type = (__u32)queue};
  if (give) {
    (*env)->GetIntArrayRegion(env, inout, 0, FORMAT_INTS, values);
    if ((*env)->ExceptionCheck(env)) {
      return;
    }
    to_kernel(values, &one);
  }
  if (refcam_call(env, fd, request, call, &one)) {
    from_kernel(&one, values);
    (*env)->SetIntArrayRegion(env, inout, 0, FORMAT_INTS, values);
  }
}

NATIVE(void, getFormat)(JNIEnv *env, jclass type, jint fd, jint queue, jintArray out) {
  format(env, fd, VIDIOC_G_FMT, "VIDIOC_G_FMT", false, queue, out);
}

NATIVE(void, setFormat)(JNIEnv *env, jclass type, jint fd, jint queue, jintArray inout) {
  format(env, fd, VIDIOC_S_FMT, "VIDIOC_S_FMT", true, queue, inout);
}

NATIVE(void, tryFormat)(JNIEnv *env, jclass type, jint fd, jint queue, jintArray inout) {
  format(env, fd, VIDIOC_TRY_FMT, "VIDIOC_TRY_FMT", true, queue, inout);
}

// inout: the interval's numerator and denominator; out also whether the driver honours it.
NATIVE(void, setInterval)(JNIEnv *env, jclass type, jint fd, jint queue, jintArray inout) {
  jint values[3];
  (*env)->GetIntArrayRegion(env, inout, 0, 3, values);
  if ((*env)->ExceptionCheck(env)) {
    return;
  }
  struct v4l2_streamparm parameters = {.type = (__u32)queue};
  // capture and output lay capability and interval at the same place
  parameters.parm.capture.timeperframe.numerator = (__u32)values[0];
  parameters.parm.capture.timeperframe.denominator = (__u32)values[1];
  if (!CALL(env, fd, VIDIOC_S_PARM, &parameters)) {
    return;
  }
  values[0] = (jint)parameters.parm.capture.timeperframe.numerator;
  values[1] = (jint)parameters.parm.capture.timeperframe.denominator;
  values[2] = (parameters.parm.capture.capability & V4L2_CAP_TIMEPERFRAME) != 0;
  (*env)->SetIntArrayRegion(env, inout, 0, 3, values);
}

// The visible part of a raw picture that an encoder reads, where the driver pads the picture.
NATIVE(void, setCrop)(JNIEnv *env, jclass type, jint fd, jint queue, jint width, jint height) {
  struct v4l2_selection selection = {
      .type = V4L2_TYPE_IS_OUTPUT(queue) ? V4L2_BUF_TYPE_VIDEO_OUTPUT : V4L2_BUF_TYPE_VIDEO_CAPTURE,
      .target = V4L2_SEL_TGT_CROP,
      .r = {.left = 0, .top = 0, .width = (__u32)width, .height = (__u32)height}};
  CALL(env, fd, VIDIOC_S_SELECTION, &selection);
}
