/* For the check only, never shipped: wine 8 lacks bcryptprimitives.dll, from which Rust's library (cryptography, pyrage,
 * calamine) takes random bytes. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(void *place, ULONG length); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(unsigned char *place, SIZE_T length)
{
    return SystemFunction036(place, (ULONG)length);
}
