/* The Windows launcher: loads the Python that lies beside it and starts the program in it.
 *
 *   sisfoh.exe [orden]            ->  python -I -m sisfoh_desktop [orden]
 *   ... --multiprocessing-fork    ->  python [...], unchanged: the process that reads workbooks is started by Python
 *                                     itself with this same file, its own options and that word at the end
 *
 * Built twice: with a window's subsystem (sisfoh.exe) and with a console's (sisfoh-consola.exe).
 */
#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768 /* signs of a path */

typedef int (*python_main)(int, wchar_t **);

static int fail(const wchar_t *sentence)
{
    MessageBoxW(NULL, sentence, L"SISFOH Desktop", MB_ICONERROR | MB_OK);
    return 4;
}

static int starts_a_worker(int count, wchar_t **words)
{
    return count > 1 && wcscmp(words[count - 1], L"--multiprocessing-fork") == 0;
}

int wmain(int count, wchar_t **words)
{
    static wchar_t path[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, path, LONGEST);
    while (length > 0 && path[length - 1] != L'\\')
        length--;
    if (length == 0 || length + wcslen(PYTHON_DLL) >= LONGEST)
        return fail(L"No se encontr\u00f3 la carpeta del programa. Vuelva a instalarlo; sus datos no se tocan.");
    wcscpy(path + length, PYTHON_DLL);
    HMODULE library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    python_main start = library ? (python_main)(void *)GetProcAddress(library, "Py_Main") : NULL;
    if (!start)
        return fail(L"Faltan archivos del programa. Vuelva a instalarlo; sus datos no se tocan.");
    if (starts_a_worker(count, words))
        return start(count, words);
    wchar_t **full = calloc(count + 4, sizeof *full);
    if (!full)
        return fail(L"No hay memoria para abrir el programa. Cierre otros programas e int\u00e9ntelo otra vez.");
    int filled = 0;
    full[filled++] = words[0];
    full[filled++] = L"-I"; /* nothing of the PC's other Pythons, and no file of the folder where the person stands */
    full[filled++] = L"-m";
    full[filled++] = L"sisfoh_desktop";
    for (int i = 1; i < count; i++)
        full[filled++] = words[i];
    return start(filled, full);
}
