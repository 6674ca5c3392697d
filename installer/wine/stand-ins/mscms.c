/* For the check only, never shipped: wine's mscms stops the program in WcsCreateIccProfile, which Qt asks for the colours of
 * a window. Here nobody has a colour profile. */
#define ANSWER __declspec(dllexport)

ANSWER void *OpenColorProfileW(void *profile, unsigned access, unsigned share, unsigned create)
{
    return 0;
}

ANSWER int CloseColorProfile(void *profile)
{
    return 0;
}

ANSWER int GetColorProfileFromHandle(void *profile, void *place, unsigned *length)
{
    return 0;
}

ANSWER void *WcsCreateIccProfile(void *profile, unsigned options)
{
    return 0;
}
