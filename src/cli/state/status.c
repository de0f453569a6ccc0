/* status: what became of the inputs of a run, or of all shards of one, for people or as JSON. */
#include "commands.h"
#include "pipe/json.h"
#include "state/states.h"

#include <stdlib.h>

enum { RULES_SHOWN = 20, FAILURES_SHOWN = 20 };

typedef struct status {
    const options *o;
    states runs;
    text out, why;
    bool json;
} status;

static void tell(status *s, say_id id, const char *const *words) {
    say(&s->out, s->o->language, id, words);
    text_put(&s->out, "\n");
}

static const char counts_question[] =
    "SELECT count(*), coalesce(sum(status = 'done'), 0), coalesce(sum(status = 'failed'), 0),"
    " coalesce(sum(status = 'skipped'), 0), coalesce(sum(changed), 0), coalesce(sum(removed), 0),"
    " coalesce(sum(removed_bytes), 0), coalesce(sum(undecodable > 0), 0) FROM input";

/* Asks a question with a limit of rows as its argument, if it has one. */
static query *asked(status *s, const char *question, int64_t limit) {
    query *q = query_new(s->runs.all, question);
    if (q && limit) query_set_number(q, 1, limit);
    return q;
}

static void shown(text *t, qw_str s) {
    text_show(t, s, 0);
}

/* ---- For people ---------------------------------------------------------------------------- */

static void tell_counts(status *s) {
    query *q = asked(s, counts_question, 0);
    if (q && query_next(q)) {
        uint64_t n[8];
        for (int i = 0; i < 8; i++) n[i] = (uint64_t)query_number(q, i);
        tell(s, SAY_STATUS_COUNTS, WORDS(NUM(n[0]), NUM(n[1]), NUM(n[4]), NUM(n[2]), NUM(n[3])));
        tell(s, SAY_STATUS_REMOVED, WORDS(NUM(n[5]), NUM(n[6])));
        if (n[7]) tell(s, SAY_STATUS_UNDECODED, WORDS(NUM(n[7])));
        query_stop(q);
    }
    query_free(q);
}

/* Lines of a list: the columns of a row, the last ones numbers. */
static void tell_list(status *s, say_id title, const char *question, int64_t limit, int names) {
    query *q = asked(s, question, limit);
    bool first = true;
    while (q && query_next(q)) {
        if (first) tell(s, title, NO_WORDS);
        first = false;
        text_printf(&s->out, "  %8lld  ", (long long)query_number(q, names));
        for (int i = 0; i < names; i++) {
            if (i && query_text(q, i).n) text_put(&s->out, " ");
            shown(&s->out, query_text(q, i));
        }
        text_put(&s->out, "\n");
    }
    query_free(q);
}

static void tell_failures(status *s, int64_t most) {
    query *q = asked(s,
                     s->o->language == QW_CHINESE
                         ? "SELECT shown, why_zh FROM input WHERE status = 'failed'"
                           " ORDER BY place LIMIT ?"
                         : "SELECT shown, why FROM input WHERE status = 'failed'"
                           " ORDER BY place LIMIT ?",
                     most);
    bool first = true;
    while (q && query_next(q)) {
        if (first) tell(s, SAY_STATUS_FAILURES, NO_WORDS);
        first = false;
        text_put(&s->out, "  ");
        shown(&s->out, query_text(q, 0));
        text_put(&s->out, ": ");
        shown(&s->out, query_text(q, 1));
        text_put(&s->out, "\n");
    }
    query_free(q);
    int64_t all = states_number(&s->runs, "SELECT count(*) FROM input WHERE status = 'failed'");
    if (all > most) tell(s, SAY_STATUS_MORE, WORDS(NUM((unsigned long long)(all - most))));
}

static void tell_shards(status *s) {
    const states *r = &s->runs;
    text list = {0};
    unsigned missing = 0;
    for (unsigned i = 0; i < r->array.count; i++) missing += !r->there[i];
    if (r->array.count) shard_list_missing(&list, r->there, r->array.count, r->array.first);
    if (missing)
        tell(s, SAY_STATUS_MISSING, WORDS(NUM(missing), NUM(r->array.count), text_z(&list)));
    else if (r->array.count)
        tell(s, SAY_STATUS_SHARDS, WORDS(NUM(r->array.count)));
    else if (!r->complete)
        tell(s, SAY_STATUS_UNFINISHED, NO_WORDS);
    text_free(&list);
}

static const char encodings_question[] =
    "SELECT encoding, count(*) AS n FROM input WHERE status = 'done' AND encoding <> ''"
    " GROUP BY encoding ORDER BY n DESC, encoding";
static const char filters_question[] =
    "SELECT filter, sum(done) AS n FROM rule GROUP BY filter HAVING n > 0 ORDER BY n DESC, filter";
static const char rules_question[] =
    "SELECT filter, rule, sum(done) AS n, sum(kept), sum(bytes) FROM rule GROUP BY filter, rule"
    " HAVING n > 0 OR sum(kept) > 0 ORDER BY n DESC, filter, rule LIMIT ?";

static void tell_people(status *s) {
    bool all = s->o->volume > 0;
    tell_counts(s);
    tell_shards(s);
    tell_list(s, SAY_STATUS_ENCODINGS, encodings_question, 0, 1);
    tell_list(s, SAY_STATUS_FILTERS, filters_question, 0, 1);
    tell_list(s, SAY_STATUS_RULES, rules_question, all ? -1 : RULES_SHOWN, 2);
    tell_failures(s, all ? INT64_MAX : FAILURES_SHOWN);
}

/* ---- For programs -------------------------------------------------------------------------- */

static void put_pairs(status *s, const char *name, const char *question) {
    query *q = asked(s, question, 0);
    const char *comma = "";
    text_printf(&s->out, ",\"%s\":{", name);
    while (q && query_next(q)) {
        text_put(&s->out, comma);
        json_put_name(&s->out, query_text(q, 0));
        text_printf(&s->out, ":%lld", (long long)query_number(q, 1));
        comma = ",";
    }
    text_put(&s->out, "}");
    query_free(q);
}

/* Objects with the members of `names`; those from `numbers` on are numbers. */
static void put_rows(status *s, const char *name, const char *question, const char *const *names,
                     int n, int numbers) {
    query *q = asked(s, question, -1);
    const char *comma = "";
    text_printf(&s->out, ",\"%s\":[", name);
    while (q && query_next(q)) {
        for (int i = 0; i < n; i++) {
            text_printf(&s->out, "%s\"%s\":", i ? "," : *comma ? ",{" : "{", names[i]);
            if (i < numbers)
                json_put_name(&s->out, query_text(q, i));
            else
                text_printf(&s->out, "%lld", (long long)query_number(q, i));
        }
        text_put(&s->out, "}");
        comma = ",";
    }
    text_put(&s->out, "]");
    query_free(q);
}

static void put_shards(status *s) {
    const states *r = &s->runs;
    if (!r->array.count) return;
    text_printf(&s->out, ",\"shards\":{\"count\":%u,\"missing\":\"", r->array.count);
    shard_list_missing(&s->out, r->there, r->array.count, r->array.first);
    text_put(&s->out, "\"}");
}

static void put_json(status *s) {
    static const char *const members[] = {"inputs",  "done",     "failed",        "skipped",
                                          "changed", "removals", "removed_bytes", "undecoded"};
    static const char *const rule_members[] = {"filter", "rule", "done", "kept", "bytes"};
    static const char *const failure_members[] = {"path", "error", "why", "why_zh"};
    query *q = asked(s, counts_question, 0);
    text_printf(&s->out, "{\"complete\":%s", s->runs.complete ? "true" : "false");
    if (q && query_next(q)) {
        for (int i = 0; i < 8; i++)
            text_printf(&s->out, ",\"%s\":%lld", members[i], (long long)query_number(q, i));
        query_stop(q);
    }
    query_free(q);
    put_shards(s);
    put_pairs(s, "encodings", encodings_question);
    put_pairs(s, "filters", filters_question);
    put_rows(s, "rules", rules_question, rule_members, 5, 2);
    put_rows(s, "failures",
             "SELECT shown, error, why, why_zh FROM input WHERE status = 'failed'"
             " ORDER BY place LIMIT ?",
             failure_members, 4, 4);
    text_put(&s->out, "}\n");
}

/* ---- The whole ----------------------------------------------------------------------------- */

int status_command(const options *o) {
    status s = {.o = o, .json = option_given(o, OPTION_JSON)};
    int code = EXIT_NOTHING;
    if (o->ninputs == 0) {
        say_error(&s.why, o->language, NULL, SAY_NO_RUN, NO_WORDS);
    } else if (states_open(&s.runs, o->inputs, o->ninputs, true, o->language, &s.why)) {
        if (s.json)
            put_json(&s);
        else
            tell_people(&s);
        bool failed = states_number(&s.runs, "SELECT count(*) FROM input WHERE status = 'failed'"
                                             " OR undecodable > 0") > 0;
        int error = database_error(s.runs.all);
        if (error)
            say_error(&s.why, o->language, o->inputs[0], SAY_STATE_FAILED,
                      WORDS(say_errno(o->language, error)));
        else if (print_text(&s.out, o) == EXIT_DONE)
            code = !s.runs.complete ? EXIT_AGAIN : failed ? EXIT_SOME : EXIT_DONE;
    }
    say_now(&s.why);
    states_close(&s.runs);
    text_free(&s.out);
    text_free(&s.why);
    return code;
}
