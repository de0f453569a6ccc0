/* detect: what a document is in, as a line for people, with the stretches below it where a file
 * mixes encodings; or as the library's JSON Lines. */
#include "run/job.h"

#include <string.h>

static void say_stretches(const plan *p, job *j, const qw_doc *d) {
    qw_stretch s;
    if (!qw_stretch_get(d, 1, &s)) return;
    for (size_t i = 0; qw_stretch_get(d, i, &s); i++) {
        say(&j->out, p->o->language, SAY_STRETCH,
            WORDS(NUM(s.offset), NUM(s.offset + s.length), s.encoding));
        text_put(&j->out, "\n");
    }
}

static void say_document(const plan *p, job *j, const qw_summary *sum) {
    qw_language language = p->o->language;
    text path = {0}, end = {0}, bad = {0}, bom = {0}, what = {0};
    text_show(&path, str_z(j->item.path), 0);
    text_printf(&what, "%s%s%s", sum->format, *sum->encoding ? ", " : "", sum->encoding);
    if (sum->bom) say(&bom, language, SAY_WITH_BOM, NO_WORDS);
    if (strcmp(sum->line_ends, "none") != 0)
        say(&end, language, SAY_LINE_END, WORDS(sum->line_ends));
    if (sum->undecodable) say(&bad, language, SAY_UNDECODABLE, WORDS(NUM(sum->undecodable)));
    say(&j->out, language, SAY_DETECT_LINE,
        WORDS(text_z(&path), text_z(&what), text_z(&bom), text_z(&end), text_z(&bad)));
    text_put(&j->out, "\n");
    text_free(&path);
    text_free(&end);
    text_free(&bad);
    text_free(&bom);
    text_free(&what);
}

bool detect_show(const plan *p, worker *w, job *j, qw_doc *d, qw_error *why) {
    (void)w;
    qw_summary sum;
    if (option_given(p->o, OPTION_JSON)) return job_write_view(j, d, "detect", why);
    qw_summarize(d, &sum);
    say_document(p, j, &sum);
    say_stretches(p, j, d);
    return true;
}
