/* For the check only, never shipped: the complex functions that wine's ucrtbase.dll lacks and numpy (under the charts) calls.
 * Every other name of that library is handed on to wine's own, kept under the name ucrtorig.dll (stand_ins.py). */
#include <complex.h>

typedef struct { float re, im; } single_pair;
typedef struct { double re, im; } double_pair;
typedef union { single_pair pair; float _Complex number; } single_value;
typedef union { double_pair pair; double _Complex number; } double_value;

#define TO_COMPLEX(name)                           \
    single_pair own_##name##f(single_pair given)   \
    {                                              \
        single_value value = {given};              \
        value.number = name##f(value.number);      \
        return value.pair;                         \
    }                                              \
    double_pair own_##name(double_pair given)      \
    {                                              \
        double_value value = {given};              \
        value.number = name(value.number);         \
        return value.pair;                         \
    }
#define TO_REAL(name)                              \
    float own_##name##f(single_pair given)         \
    {                                              \
        single_value value = {given};              \
        return name##f(value.number);              \
    }                                              \
    double own_##name(double_pair given)           \
    {                                              \
        double_value value = {given};              \
        return name(value.number);                 \
    }

TO_COMPLEX(ccos)
TO_COMPLEX(ccosh)
TO_COMPLEX(cexp)
TO_COMPLEX(clog)
TO_COMPLEX(cproj)
TO_COMPLEX(csin)
TO_COMPLEX(csinh)
TO_COMPLEX(csqrt)
TO_COMPLEX(ctan)
TO_COMPLEX(ctanh)
TO_COMPLEX(cacos)
TO_COMPLEX(cacosh)
TO_COMPLEX(casin)
TO_COMPLEX(casinh)
TO_COMPLEX(catan)
TO_COMPLEX(catanh)
TO_COMPLEX(conj)
TO_REAL(creal)
TO_REAL(cimag)
TO_REAL(cabs)
TO_REAL(carg)

single_pair own_cpowf(single_pair base, single_pair power)
{
    single_value first = {base}, second = {power};
    first.number = cpowf(first.number, second.number);
    return first.pair;
}

double_pair own_cpow(double_pair base, double_pair power)
{
    double_value first = {base}, second = {power};
    first.number = cpow(first.number, second.number);
    return first.pair;
}

single_pair own__FCbuild(float re, float im)
{
    single_pair made = {re, im};
    return made;
}

double_pair own__Cbuild(double re, double im)
{
    double_pair made = {re, im};
    return made;
}
