#ifndef ASSAY_CLANES_SHIM_H
#define ASSAY_CLANES_SHIM_H
#include <stddef.h>
#include <stdint.h>

/* Loops over the entries ("keys") of a single-precision product. A product of few coordinates takes
   hardly longer than looking at its entries four at a time, which is what the default target allows;
   Swift has no way to ask for wider lanes, so these loops stand here, each with a plain form that
   gives the same. A key that is no number is below nothing. */

#if defined(__x86_64__)
#include <immintrin.h>
#define ASSAY_WIDE __attribute__((target("avx2,popcnt")))

/* Whether this processor and its system have 256-bit lanes. */
static inline int assay_has_wide_lanes(void) { return __builtin_cpu_supports("avx2") != 0; }

/* The first place from `from` on whose key is below the limit; `count` if there is none. */
ASSAY_WIDE static inline size_t assay_wide_next_below(const float *_Nonnull keys, size_t from,
                                                      size_t count, float limit) {
  const __m256 edge = _mm256_set1_ps(limit);
  size_t place = from;
  for (; place + 32 <= count; place += 32) {
    const __m256 a = _mm256_cmp_ps(_mm256_loadu_ps(keys + place), edge, _CMP_LT_OQ);
    const __m256 b = _mm256_cmp_ps(_mm256_loadu_ps(keys + place + 8), edge, _CMP_LT_OQ);
    const __m256 c = _mm256_cmp_ps(_mm256_loadu_ps(keys + place + 16), edge, _CMP_LT_OQ);
    const __m256 d = _mm256_cmp_ps(_mm256_loadu_ps(keys + place + 24), edge, _CMP_LT_OQ);
    const __m256 any = _mm256_or_ps(_mm256_or_ps(a, b), _mm256_or_ps(c, d));
    if (_mm256_movemask_ps(any)) {
      const uint32_t found = (uint32_t)_mm256_movemask_ps(a) | (uint32_t)_mm256_movemask_ps(b) << 8 |
                             (uint32_t)_mm256_movemask_ps(c) << 16 |
                             (uint32_t)_mm256_movemask_ps(d) << 24;
      return place + (size_t)__builtin_ctz(found);
    }
  }
  for (; place < count; place++)
    if (keys[place] < limit) return place;
  return count;
}

/* Adds 1 to `held` wherever a key is below `inside`; lists the places of keys that are not, but are
   below `outside`. Returns how many are inside. */
ASSAY_WIDE static inline int32_t assay_wide_count_inside(
    const float *_Nonnull keys, size_t count, float inside, float outside, int32_t *_Nonnull held,
    int32_t *_Nonnull open, size_t *_Nonnull opened) {
  const __m256 inner = _mm256_set1_ps(inside), outer = _mm256_set1_ps(outside);
  int32_t total = 0;
  size_t listed = 0, place = 0;
  for (; place + 8 <= count; place += 8) {
    const __m256 key = _mm256_loadu_ps(keys + place);
    const __m256 near = _mm256_cmp_ps(key, outer, _CMP_LT_OQ);
    if (!_mm256_movemask_ps(near)) continue;
    const __m256 sure = _mm256_cmp_ps(key, inner, _CMP_LT_OQ);
    __m256i *const at = (__m256i *)(held + place);
    _mm256_storeu_si256(at, _mm256_sub_epi32(_mm256_loadu_si256(at), _mm256_castps_si256(sure)));
    total += __builtin_popcount((unsigned)_mm256_movemask_ps(sure));
    unsigned left = (unsigned)_mm256_movemask_ps(_mm256_andnot_ps(sure, near));
    for (; left; left &= left - 1) open[listed++] = (int32_t)place + __builtin_ctz(left);
  }
  for (; place < count; place++) {
    const int sure = keys[place] < inside;
    held[place] += sure;
    total += sure;
    if (!sure && keys[place] < outside) open[listed++] = (int32_t)place;
  }
  *opened = listed;
  return total;
}

/* Whether a key less its reach is below `inside` anywhere; where none is, lists the places where it
   is below `outside`. */
ASSAY_WIDE static inline int assay_wide_is_reached(const float *_Nonnull keys,
                                                   const float *_Nonnull reach, size_t count,
                                                   float inside, float outside,
                                                   int32_t *_Nonnull open, size_t *_Nonnull opened) {
  const __m256 inner = _mm256_set1_ps(inside), outer = _mm256_set1_ps(outside);
  size_t listed = 0, place = 0;
  for (; place + 8 <= count; place += 8) {
    const __m256 key = _mm256_sub_ps(_mm256_loadu_ps(keys + place), _mm256_loadu_ps(reach + place));
    unsigned left = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(key, outer, _CMP_LT_OQ));
    if (!left) continue;
    if (_mm256_movemask_ps(_mm256_cmp_ps(key, inner, _CMP_LT_OQ))) return 1;
    for (; left; left &= left - 1) open[listed++] = (int32_t)place + __builtin_ctz(left);
  }
  for (; place < count; place++) {
    const float key = keys[place] - reach[place];
    if (key < inside) return 1;
    if (key < outside) open[listed++] = (int32_t)place;
  }
  *opened = listed;
  return 0;
}

/* For products s of one query with rows: the first place from `from` on where s + norms is below the
   query's limit or s + norm is below the row's own; `count` if there is none. */
ASSAY_WIDE static inline size_t assay_wide_next_either(
    const float *_Nonnull products, const float *_Nonnull norms, const float *_Nonnull limits,
    size_t from, size_t count, float norm, float limit) {
  const __m256 edge = _mm256_set1_ps(limit), own = _mm256_set1_ps(norm);
  size_t place = from;
  for (; place + 16 <= count; place += 16) {
    const __m256 s = _mm256_loadu_ps(products + place), t = _mm256_loadu_ps(products + place + 8);
    const __m256 a =
        _mm256_cmp_ps(_mm256_add_ps(s, _mm256_loadu_ps(norms + place)), edge, _CMP_LT_OQ);
    const __m256 b =
        _mm256_cmp_ps(_mm256_add_ps(t, _mm256_loadu_ps(norms + place + 8)), edge, _CMP_LT_OQ);
    const __m256 c =
        _mm256_cmp_ps(_mm256_add_ps(s, own), _mm256_loadu_ps(limits + place), _CMP_LT_OQ);
    const __m256 d =
        _mm256_cmp_ps(_mm256_add_ps(t, own), _mm256_loadu_ps(limits + place + 8), _CMP_LT_OQ);
    const __m256 first = _mm256_or_ps(a, c), second = _mm256_or_ps(b, d);
    if (_mm256_movemask_ps(_mm256_or_ps(first, second))) {
      const uint32_t found = (uint32_t)_mm256_movemask_ps(first) |
                             (uint32_t)_mm256_movemask_ps(second) << 8;
      return place + (size_t)__builtin_ctz(found);
    }
  }
  for (; place < count; place++)
    if (products[place] + norms[place] < limit || products[place] + norm < limits[place])
      return place;
  return count;
}

/* The sum of squared differences by four running sums, in the order of the coordinates. */
ASSAY_WIDE static inline double assay_wide_squared_distance(const double *_Nonnull a,
                                                            const double *_Nonnull b,
                                                            size_t count) {
  __m256d sums = _mm256_setzero_pd();
  size_t place = 0;
  for (; place + 4 <= count; place += 4) {
    const __m256d gap = _mm256_sub_pd(_mm256_loadu_pd(a + place), _mm256_loadu_pd(b + place));
    sums = _mm256_add_pd(sums, _mm256_mul_pd(gap, gap));
  }
  double s[4];
  _mm256_storeu_pd(s, sums);
  for (; place < count; place++) {
    const double gap = a[place] - b[place];
    s[0] += gap * gap;
  }
  return (s[0] + s[1]) + (s[2] + s[3]);
}
#undef ASSAY_WIDE
#endif

static inline size_t assay_plain_next_below(const float *_Nonnull keys, size_t from, size_t count,
                                            float limit) {
  size_t place = from;
  for (; place + 32 <= count; place += 32) {
    int hits = 0;
    for (size_t lane = 0; lane < 32; lane++) hits += keys[place + lane] < limit;
    if (hits) break;
  }
  for (; place < count; place++)
    if (keys[place] < limit) return place;
  return count;
}

static inline int32_t assay_plain_count_inside(const float *_Nonnull keys, size_t count,
                                               float inside, float outside, int32_t *_Nonnull held,
                                               int32_t *_Nonnull open, size_t *_Nonnull opened) {
  int32_t total = 0, near = 0;
  for (size_t place = 0; place < count; place++) {
    const int sure = keys[place] < inside;
    held[place] += sure;
    total += sure;
    near += keys[place] < outside;
  }
  size_t listed = 0;
  if (near != total)
    for (size_t place = 0; place < count; place++)
      if (!(keys[place] < inside) && keys[place] < outside) open[listed++] = (int32_t)place;
  *opened = listed;
  return total;
}

static inline int assay_plain_is_reached(const float *_Nonnull keys, const float *_Nonnull reach,
                                         size_t count, float inside, float outside,
                                         int32_t *_Nonnull open, size_t *_Nonnull opened) {
  int32_t sure = 0, near = 0;
  for (size_t place = 0; place < count; place++) {
    const float key = keys[place] - reach[place];
    sure += key < inside;
    near += key < outside;
  }
  size_t listed = 0;
  if (!sure && near)
    for (size_t place = 0; place < count; place++)
      if (keys[place] - reach[place] < outside) open[listed++] = (int32_t)place;
  *opened = listed;
  return sure > 0;
}

static inline size_t assay_plain_next_either(const float *_Nonnull products,
                                             const float *_Nonnull norms,
                                             const float *_Nonnull limits, size_t from,
                                             size_t count, float norm, float limit) {
  size_t place = from;
  for (; place + 32 <= count; place += 32) {
    int hits = 0;
    for (size_t lane = 0; lane < 32; lane++) {
      const float s = products[place + lane];
      hits += (s + norms[place + lane] < limit) | (s + norm < limits[place + lane]);
    }
    if (hits) break;
  }
  for (; place < count; place++)
    if (products[place] + norms[place] < limit || products[place] + norm < limits[place])
      return place;
  return count;
}
#endif
