#ifndef ASSAY_COPENBLAS_SHIM_H
#define ASSAY_COPENBLAS_SHIM_H
/* Declared by hand: GSL's and OpenBLAS's CBLAS headers define the same enumerations differently
   and cannot both be imported into one program. The Fortran entry points need no enumeration. */
void openblas_set_num_threads(int n);
int openblas_get_num_threads(void);
int openblas_get_parallel(void); /* 0 serial, 1 pthread, 2 OpenMP */
char *_Nonnull openblas_get_config(void);
char *_Nonnull openblas_get_corename(void);
void sgemm_(const char *_Nonnull transa, const char *_Nonnull transb, const int *_Nonnull m,
            const int *_Nonnull n, const int *_Nonnull k, const float *_Nonnull alpha,
            const float *_Nonnull a, const int *_Nonnull lda, const float *_Nonnull b,
            const int *_Nonnull ldb, const float *_Nonnull beta, float *_Nonnull c,
            const int *_Nonnull ldc);
void dgemm_(const char *_Nonnull transa, const char *_Nonnull transb, const int *_Nonnull m,
            const int *_Nonnull n, const int *_Nonnull k, const double *_Nonnull alpha,
            const double *_Nonnull a, const int *_Nonnull lda, const double *_Nonnull b,
            const int *_Nonnull ldb, const double *_Nonnull beta, double *_Nonnull c,
            const int *_Nonnull ldc);
/* The symbol that libgsl itself calls, under a name of ours, only to ask who provides it. */
void assay_bound_cblas_dgemm(void) __asm__("cblas_dgemm");
#endif
