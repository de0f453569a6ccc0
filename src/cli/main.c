/* qingwen: the program. It takes the command line apart and calls what was asked for. */
#include "commands.h"
#include "help.h"
#include "interrupt.h"
#include "run/batch.h"

#include <fcntl.h>

static int show_help(const options *o) {
    text t = {0};
    if (option_given(o, OPTION_VERSION))
        text_printf(&t, "qingwen %s\n", qw_version());
    else
        help_text(&t, o->command, o->language);
    int code = print_text(&t, o);
    text_free(&t);
    return code;
}

static int run_plan(const options *o) {
    planned made;
    text why = {0};
    bool ok = plan_make(&made, o, &why);
    say_now(&why);
    int code = ok ? batch_run(&made) : made.again ? EXIT_AGAIN : EXIT_NOTHING;
    plan_free(&made);
    text_free(&why);
    return code;
}

static int run(const options *o) {
    text why = {0};
    interrupt_watch();
    if (option_given(o, OPTION_HELP) || option_given(o, OPTION_VERSION)) return show_help(o);
    switch (o->command) {
    case COMMAND_CLEAN:
    case COMMAND_CHECK:
    case COMMAND_CONVERT:
    case COMMAND_DETECT:
    case COMMAND_OUTLINE: return run_plan(o);
    case COMMAND_PIPE: return pipe_command(o);
    case COMMAND_EXPLAIN: return explain_command(o);
    case COMMAND_UNDO: return undo_command(o);
    case COMMAND_STATUS: return status_command(o);
    case COMMAND_MERGE: return merge_command(o);
    case COMMAND_PAGE: return page_command(o);
    case COMMAND_LEARN: return learn_command(o);
    case COMMAND_FILTERS:
    case COMMAND_RULES:
    case COMMAND_FORMATS:
    case COMMAND_PROFILES: return list_command(o);
    case COMMAND_COUNT: break;
    }
    say_error(&why, o->language, NULL, SAY_NO_COMMAND, NO_WORDS);
    say_now(&why);
    text_free(&why);
    return EXIT_NOTHING;
}

/* A stream that the caller closed must not become some file that is opened later. Writing to what
 * is opened here fails, as it would to a closed one. */
static void hold_streams(void) {
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0) open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv) {
    options o;
    text why = {0};
    hold_streams();
    bool ok = options_parse(&o, argc, argv, &why);
    say_now(&why);
    int code = ok ? run(&o) : EXIT_NOTHING;
    text_free(&why);
    options_free(&o);
    interrupt_end();
    return code;
}
