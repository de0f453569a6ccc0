/* run: starts a program and waits for it. */
#ifndef QW_TESTS_RUN_H
#define QW_TESTS_RUN_H

/* Runs words (NULL-terminated, words[0] is the program) in a folder, with stdin empty and stdout
 * and stderr going to files of the folder. Returns the exit code, or 1000 + the signal that ended
 * it; a program that takes longer than two minutes is ended. */
int run_in(const char *folder, char *const *words, const char *out, const char *err);

#endif
