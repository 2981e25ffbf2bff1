// SPDX-License-Identifier: Apache-2.0
// Argon2id by libsodium, outside the Java heap: its memory is mapped for one hash and goes back at once.
#include <jni.h>
#include <sodium.h>
#include <string.h>

enum { HASH_BYTES = 32 };

// Returns the hash, or null where the memory could not be had.
JNIEXPORT jbyteArray JNICALL Java_org_refcam_access_Argon2id_compute(
    JNIEnv *env, jclass type, jbyteArray password, jbyteArray salt, jint kibibytes, jint passes) {
  jbyte salt_bytes[crypto_pwhash_SALTBYTES];
  unsigned char hash[HASH_BYTES];
  if ((*env)->GetArrayLength(env, salt) != crypto_pwhash_SALTBYTES || sodium_init() < 0) {
    return NULL;
  }
  (*env)->GetByteArrayRegion(env, salt, 0, crypto_pwhash_SALTBYTES, salt_bytes);
  jsize length = (*env)->GetArrayLength(env, password);
  jbyte *text = (*env)->GetByteArrayElements(env, password, NULL); // a copy: the collector is not held up
  if (text == NULL) {
    return NULL;
  }
  int failed = crypto_pwhash(hash, sizeof hash, (const char *)text, (unsigned long long)length,
      (const unsigned char *)salt_bytes, (unsigned long long)passes, (size_t)kibibytes * 1024, crypto_pwhash_ALG_ARGON2ID13);
  sodium_memzero(text, (size_t)length);
  (*env)->ReleaseByteArrayElements(env, password, text, JNI_ABORT);
  if (failed) {
    return NULL;
  }
  jbyteArray result = (*env)->NewByteArray(env, HASH_BYTES);
  if (result != NULL) {
    (*env)->SetByteArrayRegion(env, result, 0, HASH_BYTES, (const jbyte *)hash);
  }
  sodium_memzero(hash, sizeof hash);
  return result;
}
