/* SPDX-License-Identifier: Apache-2.0 */
/* Colour conversion and scaling by libyuv, JPEG by TurboJPEG. All pictures end as I420. */
#include <libyuv.h>
#include <turbojpeg.h>

#include "jni_error.h"
#include "org_refcam_encode_Pictures.h"

/* Destination planes lie in one buffer: Y, then U, then V, without padding between lines. */
struct i420 {
  unsigned char *y, *u, *v;
  int y_stride, uv_stride;
};

static struct i420 planes(unsigned char *base, int width, int height) {
  int half = (width + 1) / 2;
  struct i420 p = {base, base + width * height, base + width * height + half * ((height + 1) / 2), width, half};
  return p;
}

static void check(JNIEnv *env, const char *call, int code) {
  if (code != 0) {
    throw_io(env, call, "failed", code);
  }
}

JNIEXPORT void JNICALL Java_org_refcam_encode_Pictures_nv12ToI420(JNIEnv *env, jclass type, jobject y, jint y_stride,
                                                                 jobject uv, jint uv_stride, jobject to, jint width,
                                                                 jint height) {
  struct i420 d = planes(address(env, to, 0), width, height);
  check(env, "NV12ToI420",
        NV12ToI420(address(env, y, 0), y_stride, address(env, uv, 0), uv_stride, d.y, d.y_stride, d.u, d.uv_stride, d.v,
                   d.uv_stride, width, height));
}

JNIEXPORT void JNICALL Java_org_refcam_encode_Pictures_yuyvToI420(JNIEnv *env, jclass type, jobject from, jint stride,
                                                                 jobject to, jint width, jint height) {
  struct i420 d = planes(address(env, to, 0), width, height);
  check(env, "YUY2ToI420",
        YUY2ToI420(address(env, from, 0), stride, d.y, d.y_stride, d.u, d.uv_stride, d.v, d.uv_stride, width, height));
}

JNIEXPORT void JNICALL Java_org_refcam_encode_Pictures_copyI420(JNIEnv *env, jclass type, jobject y, jint y_stride,
                                                               jobject u, jobject v, jint uv_stride, jobject to,
                                                               jint width, jint height) {
  struct i420 d = planes(address(env, to, 0), width, height);
  check(env, "I420Copy",
        I420Copy(address(env, y, 0), y_stride, address(env, u, 0), uv_stride, address(env, v, 0), uv_stride, d.y,
                 d.y_stride, d.u, d.uv_stride, d.v, d.uv_stride, width, height));
}

JNIEXPORT void JNICALL Java_org_refcam_encode_Pictures_scaleI420(JNIEnv *env, jclass type, jobject y, jint y_stride,
                                                                jobject u, jobject v, jint uv_stride, jint width,
                                                                jint height, jobject to, jint to_width, jint to_height) {
  struct i420 d = planes(address(env, to, 0), to_width, to_height);
  check(env, "I420Scale",
        I420Scale(address(env, y, 0), y_stride, address(env, u, 0), uv_stride, address(env, v, 0), uv_stride, width,
                  height, d.y, d.y_stride, d.u, d.uv_stride, d.v, d.uv_stride, to_width, to_height, kFilterBox));
}

/* A picture of another size than was negotiated is refused; 4:2:2 and 4:4:4 chroma is reduced by libyuv. */
JNIEXPORT void JNICALL Java_org_refcam_encode_Pictures_jpegToI420(JNIEnv *env, jclass type, jobject from, jint length,
                                                                 jint from_width, jint from_height, jobject to,
                                                                 jint width, jint height) {
  struct i420 d = planes(address(env, to, 0), width, height);
  check(env, "MJPGToI420",
        MJPGToI420(address(env, from, 0), (size_t)length, d.y, d.y_stride, d.u, d.uv_stride, d.v, d.uv_stride,
                   from_width, from_height, width, height));
}

JNIEXPORT jbyteArray JNICALL Java_org_refcam_encode_Pictures_i420ToJpeg(JNIEnv *env, jclass type, jobject y,
                                                                       jint y_stride, jobject u, jobject v,
                                                                       jint uv_stride, jint width, jint height,
                                                                       jint quality) {
  tjhandle jpeg = tjInitCompress();
  if (jpeg == NULL) {
    throw_io(env, "tjInitCompress", tjGetErrorStr2(NULL), -1);
    return NULL;
  }
  const unsigned char *from[3] = {address(env, y, 0), address(env, u, 0), address(env, v, 0)};
  int strides[3] = {y_stride, uv_stride, uv_stride};
  unsigned char *out = NULL;
  unsigned long size = 0;
  jbyteArray bytes = NULL;
  if (tjCompressFromYUVPlanes(jpeg, from, width, strides, height, TJSAMP_420, &out, &size, quality, 0) != 0) {
    throw_io(env, "tjCompressFromYUVPlanes", tjGetErrorStr2(jpeg), -1);
  } else if ((bytes = (*env)->NewByteArray(env, (jsize)size)) != NULL) {
    (*env)->SetByteArrayRegion(env, bytes, 0, (jsize)size, (const jbyte *)out);
  }
  tjFree(out);
  tjDestroy(jpeg);
  return bytes;
}
