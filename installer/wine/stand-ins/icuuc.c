/* For the check only, never shipped: Windows 10 has icuuc.dll since 1703, wine has not, and Qt loads it. No converter opens
 * here, so Qt keeps to its own for UTF-8 and UTF-16. */
#define ANSWER __declspec(dllexport)
#define U_FILE_ACCESS_ERROR 4

ANSWER void *ucnv_open(const char *name, int *error)
{
    if (error)
        *error = U_FILE_ACCESS_ERROR;
    return 0;
}

ANSWER const char *ucnv_getName(void *converter, int *error)
{
    if (error)
        *error = U_FILE_ACCESS_ERROR;
    return 0;
}

ANSWER const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    if (error)
        *error = U_FILE_ACCESS_ERROR;
    return 0;
}

ANSWER const char *ucnv_getAvailableName(int index)
{
    return 0;
}

ANSWER signed char ucnv_getMaxCharSize(void *converter)
{
    return 1;
}

#define NEVER_CALLED(name) \
    ANSWER int name(void)  \
    {                      \
        return 0;          \
    }
NEVER_CALLED(ucnv_close)
NEVER_CALLED(ucnv_reset)
NEVER_CALLED(ucnv_countAvailable)
NEVER_CALLED(ucnv_toUnicode)
NEVER_CALLED(ucnv_fromUnicode)
NEVER_CALLED(ucnv_toUCountPending)
NEVER_CALLED(ucnv_fromUCountPending)
NEVER_CALLED(ucnv_getToUCallBack)
NEVER_CALLED(ucnv_setToUCallBack)
NEVER_CALLED(ucnv_setFromUCallBack)
NEVER_CALLED(ucnv_cbToUWriteUChars)
NEVER_CALLED(ucnv_cbFromUWriteUChars)
NEVER_CALLED(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NEVER_CALLED(UCNV_TO_U_CALLBACK_SUBSTITUTE)
