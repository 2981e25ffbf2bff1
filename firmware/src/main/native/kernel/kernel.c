// SPDX-License-Identifier: Apache-2.0
// One function per system call; no policy. Layouts stand beside org.refcam.kernel.
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <linux/blkpg.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_org_refcam_kernel_Calls_##name

// Of the Raspberry Pi's vcio driver, whose header no distribution installs.
#define IOCTL_MBOX_PROPERTY _IOWR(100, 0, char *)

// Bytes of the longest datagram that is sent.
#define MOST_MESSAGE 256

// Throws org.refcam.kernel.KernelException for the named call; the only place that throws.
static void throw_errno(JNIEnv *env, const char *call, int error) {
  jclass type = (*env)->FindClass(env, "org/refcam/kernel/KernelException");
  if (type == NULL) {
    return;
  }
  jmethodID constructor = (*env)->GetMethodID(env, type, "<init>", "(Ljava/lang/String;ILjava/lang/String;)V");
  if (constructor == NULL) {
    return;
  }
  char buffer[128];
  // the GNU form, which returns the text
  const char *text = strerror_r(error, buffer, sizeof buffer);
  jstring name = (*env)->NewStringUTF(env, call);
  jstring meaning = (*env)->NewStringUTF(env, text);
  if (name == NULL || meaning == NULL) {
    return;
  }
  jobject thrown = (*env)->NewObject(env, type, constructor, name, (jint)error, meaning);
  if (thrown != NULL) {
    (*env)->Throw(env, (jthrowable)thrown);
  }
}

NATIVE(jint, open)(JNIEnv *env, jclass type, jstring path) {
  const char *name = (*env)->GetStringUTFChars(env, path, NULL);
  if (name == NULL) {
    return -1;
  }
  int fd = open(name, O_RDWR | O_CLOEXEC);
  int error = errno;
  (*env)->ReleaseStringUTFChars(env, path, name);
  if (fd < 0) {
    throw_errno(env, "open", error);
  }
  return fd;
}

// Linux releases the descriptor even when close reports an error, so there is nothing to retry or throw.
NATIVE(void, close)(JNIEnv *env, jclass type, jint fd) { close(fd); }

NATIVE(void, mailboxProperty)(JNIEnv *env, jclass type, jint fd, jintArray message) {
  jint *words = (*env)->GetIntArrayElements(env, message, NULL);
  if (words == NULL) {
    return;
  }
  int failed = ioctl(fd, IOCTL_MBOX_PROPERTY, words);
  int error = errno;
  (*env)->ReleaseIntArrayElements(env, message, words, 0);
  if (failed < 0) {
    throw_errno(env, "IOCTL_MBOX_PROPERTY", error);
  }
}

NATIVE(void, punchHole)(JNIEnv *env, jclass type, jint fd, jlong offset, jlong length) {
  if (fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length) < 0) {
    throw_errno(env, "fallocate(FALLOC_FL_PUNCH_HOLE)", errno);
  }
}

NATIVE(void, secureDiscard)(JNIEnv *env, jclass type, jint fd, jlong offset, jlong length) {
  uint64_t range[2] = {(uint64_t)offset, (uint64_t)length};
  if (ioctl(fd, BLKSECDISCARD, range) < 0) {
    throw_errno(env, "BLKSECDISCARD", errno);
  }
}

NATIVE(void, discard)(JNIEnv *env, jclass type, jint fd, jlong offset, jlong length) {
  uint64_t range[2] = {(uint64_t)offset, (uint64_t)length};
  if (ioctl(fd, BLKDISCARD, range) < 0) {
    throw_errno(env, "BLKDISCARD", errno);
  }
}

NATIVE(void, resizePartition)(JNIEnv *env, jclass type, jint fd, jint number, jlong start, jlong length) {
  struct blkpg_partition partition = {.start = start, .length = length, .pno = number};
  struct blkpg_ioctl_arg call = {.op = BLKPG_RESIZE_PARTITION, .datalen = sizeof partition, .data = &partition};
  if (ioctl(fd, BLKPG, &call) < 0) {
    throw_errno(env, "BLKPG_RESIZE_PARTITION", errno);
  }
}

NATIVE(void, synchronise)(JNIEnv *env, jclass type, jint fd) {
  if (fsync(fd) < 0) {
    throw_errno(env, "fsync", errno);
  }
}

// The address is a path, or, with a first byte of 0, a name that lies in no file system.
NATIVE(void, sendDatagram)(JNIEnv *env, jclass type, jbyteArray address, jbyteArray message) {
  struct sockaddr_un to = {.sun_family = AF_UNIX};
  char text[MOST_MESSAGE];
  jsize name = (*env)->GetArrayLength(env, address);
  jsize length = (*env)->GetArrayLength(env, message);
  if (name < 1 || (size_t)name >= sizeof to.sun_path || (size_t)length > sizeof text) {
    throw_errno(env, "sendto", EMSGSIZE);
    return;
  }
  (*env)->GetByteArrayRegion(env, address, 0, name, (jbyte *)to.sun_path);
  (*env)->GetByteArrayRegion(env, message, 0, length, (jbyte *)text);
  socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)name);
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    throw_errno(env, "socket", errno);
    return;
  }
  // A receiver that does not read must not hold the sender: what does not fit now is lost, and said so.
  ssize_t sent = sendto(fd, text, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT, (struct sockaddr *)&to, size);
  int error = errno;
  close(fd);
  if (sent < 0) {
    throw_errno(env, "sendto", error);
  }
}

// A socket at a name that the kernel makes up (unix(7), autobind), which takes messages from that peer alone.
NATIVE(jint, connectDatagram)(JNIEnv *env, jclass type, jbyteArray address) {
  struct sockaddr_un own = {.sun_family = AF_UNIX};
  struct sockaddr_un peer = {.sun_family = AF_UNIX};
  jsize name = (*env)->GetArrayLength(env, address);
  if (name < 1 || (size_t)name >= sizeof peer.sun_path) {
    throw_errno(env, "connect", EMSGSIZE);
    return -1;
  }
  (*env)->GetByteArrayRegion(env, address, 0, name, (jbyte *)peer.sun_path);
  socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)name);
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    throw_errno(env, "socket", errno);
    return -1;
  }
  const char *call = "bind";
  int failed = bind(fd, (struct sockaddr *)&own, sizeof own.sun_family);
  if (!failed) {
    call = "connect";
    failed = connect(fd, (struct sockaddr *)&peer, size);
  }
  if (failed) {
    int error = errno;
    close(fd);
    throw_errno(env, call, error);
    return -1;
  }
  return fd;
}

NATIVE(void, send)(JNIEnv *env, jclass type, jint fd, jbyteArray message) {
  jsize length = (*env)->GetArrayLength(env, message);
  jbyte *bytes = (*env)->GetByteArrayElements(env, message, NULL);
  if (bytes == NULL) {
    return;
  }
  ssize_t sent = send(fd, bytes, (size_t)length, MSG_NOSIGNAL | MSG_DONTWAIT);
  int error = errno;
  // it may hold a secret, and it may be a copy of the array
  explicit_bzero(bytes, (size_t)length);
  (*env)->ReleaseByteArrayElements(env, message, bytes, 0);
  if (sent < 0) {
    throw_errno(env, "send", error);
  }
}

// How long the message was, of which no more than the array holds arrives there; -1 if none came in time.
NATIVE(jint, receive)(JNIEnv *env, jclass type, jint fd, jbyteArray into, jint millis) {
  struct pollfd one = {.fd = fd, .events = POLLIN};
  int ready = poll(&one, 1, millis);
  if (ready < 0 && errno != EINTR) {
    throw_errno(env, "poll", errno);
    return -1;
  }
  if (ready <= 0) {
    return -1;
  }
  jsize room = (*env)->GetArrayLength(env, into);
  jbyte *bytes = (*env)->GetByteArrayElements(env, into, NULL);
  if (bytes == NULL) {
    return -1;
  }
  ssize_t length = recv(fd, bytes, (size_t)room, MSG_DONTWAIT | MSG_TRUNC);
  int error = errno;
  (*env)->ReleaseByteArrayElements(env, into, bytes, 0);
  if (length < 0 && error != EAGAIN) {
    throw_errno(env, "recv", error);
  }
  return (jint)length;
}

// Kernels from 5.11 on mark all in one call; older ones one by one.
static void close_on_exec(int first) {
#ifdef SYS_close_range
  const unsigned close_range_cloexec = 1U << 2;
  if (syscall(SYS_close_range, (unsigned)first, ~0U, close_range_cloexec) == 0) {
    return;
  }
#endif
  long end = sysconf(_SC_OPEN_MAX);
  for (int fd = first; fd < end; fd++) {
    int flags = fcntl(fd, F_GETFD);
    if (flags >= 0) {
      fcntl(fd, F_SETFD, flags | FD_CLOEXEC);
    }
  }
}

static char *copy_argument(JNIEnv *env, jobjectArray arguments, jsize at) {
  jbyteArray bytes = (*env)->GetObjectArrayElement(env, arguments, at);
  jsize length = (*env)->GetArrayLength(env, bytes);
  char *text = malloc((size_t)length + 1);
  if (text != NULL) {
    (*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte *)text);
    text[length] = 0;
  }
  return text;
}

NATIVE(void, execute)(JNIEnv *env, jclass type, jobjectArray arguments) {
  jsize count = (*env)->GetArrayLength(env, arguments);
  char **argv = calloc((size_t)count + 1, sizeof *argv);
  if (argv == NULL) {
    throw_errno(env, "calloc", ENOMEM);
    return;
  }
  int error = 0;
  for (jsize i = 0; i < count; i++) {
    argv[i] = copy_argument(env, arguments, i);
    error = argv[i] == NULL ? ENOMEM : error;
  }
  if (error == 0) {
    close_on_exec(3);
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL); // the mask would be inherited
    execv("/proc/self/exe", argv);
    error = errno;
  }
  for (jsize i = 0; i < count; i++) {
    free(argv[i]);
  }
  free(argv);
  throw_errno(env, "execv", error);
}
