/* report: the command that writes the page. */
#include "commands.h"
#include "interrupt.h"
#include "page/page.h"
#include "path.h"
#include "run/single.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static bool write_stdout(states *s, const options *o, text *why) {
    int error = 0;
    if (page_write(s, o->language, &(qw_sink){stdout_sink, &error})) return true;
    if (error == EPIPE) return interrupt_with(SIGPIPE), false;
    if (!error) error = database_error(s->all);
    say_error(why, o->language, NULL, SAY_CANNOT_WRITE_STDOUT,
              WORDS(say_errno(o->language, error)));
    return false;
}

static bool write_file(states *s, const options *o, const char *path, text *why) {
    single to;
    say_id what = SAY_CANNOT_WRITE;
    output_rules rules = {.force = option_given(o, OPTION_FORCE)};
    char *key = inputs_key("page", o);
    bool ok = single_begin(&to, path, key, &rules, NULL, NULL, NULL, &what);
    if (ok) ok = page_write(s, o->language, &(qw_sink){output_sink, &to.file});
    if (!ok && !to.file.error) to.file.error = database_error(s->all);
    if (ok) ok = single_end(&to, &what);
    if (!ok) single_say(why, o->language, path, o->inputs[0], what, to.file.error);
    single_drop(&to);
    return ok;
}

int page_command(const options *o) {
    text why = {0};
    states runs = {.complete = false};
    const char *out = o->value[OPTION_OUTPUT];
    bool ok = false;
    if (o->ninputs == 0)
        say_error(&why, o->language, NULL, SAY_NO_RUN, NO_WORDS);
    else if (!out)
        say_error(&why, o->language, NULL, SAY_PAGE_WHERE, NO_WORDS);
    else if (states_open(&runs, o->inputs, o->ninputs, false, o->language, &why))
        ok = strcmp(out, "-") == 0 ? write_stdout(&runs, o, &why) : write_file(&runs, o, out, &why);
    say_now(&why);
    states_close(&runs);
    text_free(&why);
    return ok ? EXIT_DONE : EXIT_NOTHING;
}
