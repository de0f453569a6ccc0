/* The grammar of chains and what is said about wrong ones. */
#include "chain.h"
#include "check.h"

static void refuses(const char *filters, const char *id) {
    qw_error why = {0};
    qw_chain *c = qw_chain_new(&(qw_chain_options){.filters = filters}, &why);
    CHECK(c == NULL);
    CHECK_STR(str_of(why.id), str_of(id));
    CHECK_INT(why.code, QW_USAGE);
    qw_chain_free(c);
}

static size_t stages(const char *filters) {
    qw_error why = {0};
    qw_chain *c = qw_chain_new(&(qw_chain_options){.filters = filters}, &why);
    CHECK_STR(str_of(why.text[QW_ENGLISH]), STR(""));
    size_t n = c ? c->nstages : 0;
    qw_chain_free(c);
    return n;
}

static void parses(void) {
    CHECK_INT(stages(""), 0);
    CHECK_INT(stages("blank"), 1);
    CHECK_INT(stages(" blank , invisible,"), 2);
    CHECK_INT(stages("blank,blank"), 2);
}

static void says_what_is_wrong(void) {
    refuses("nonsense", "no-such-filter");
    refuses("blank:nonsense", "no-such-option");
    refuses("blank:nonsense=1", "no-such-option");
}

/* Every option of every filter takes its default and its limits, and nothing beyond them. */
static void options_keep_their_ranges(void) {
    const qw_filter_info *f;
    for (size_t i = 0; (f = qw_filter_at(i)); i++) {
        for (size_t k = 0; k < f->noptions; k++) {
            const qw_option *o = &f->options[k];
            char text[128];
            CHECK(o->help[QW_ENGLISH] && o->help[QW_CHINESE]);
            CHECK(o->initial >= o->min || o->type != QW_OPTION_INT);
            if (o->type != QW_OPTION_INT) continue;
            snprintf(text, sizeof text, "%s:%s=%ld", f->name, o->name, o->max);
            CHECK_INT(stages(text), 1);
            snprintf(text, sizeof text, "%s:%s=%ld", f->name, o->name, o->max + 1);
            refuses(text, "bad-option-value");
            snprintf(text, sizeof text, "%s:%s=%ldx", f->name, o->name, o->max);
            refuses(text, "bad-option-value");
        }
    }
}

static void every_profile_compiles(void) {
    const qw_profile_info *p;
    size_t n = 0;
    for (; (p = qw_profile_at(n)); n++) {
        qw_error why = {0};
        qw_chain *c = qw_chain_new(&(qw_chain_options){.profile = p->name}, &why);
        CHECK_STR(str_of(why.text[QW_ENGLISH]), STR(""));
        CHECK(c != NULL);
        qw_chain_free(c);
    }
    CHECK(n >= 3);
    qw_error why = {0};
    CHECK(qw_chain_new(&(qw_chain_options){.profile = "nonsense"}, &why) == NULL);
    CHECK_STR(str_of(why.id), STR("no-such-profile"));
}

static void every_filter_says_what_it_is(void) {
    const qw_filter_info *f;
    for (size_t i = 0; (f = qw_filter_at(i)); i++) {
        CHECK(f->name[0] && f->summary[QW_ENGLISH][0] && f->summary[QW_CHINESE][0]);
        const struct filter *full = (const struct filter *)f;
        CHECK(!full->block != !full->document); /* one of the two */
    }
}

static uint64_t digest(const char *filters, const char *rules) {
    qw_error why = {0};
    qw_rule_file file = {"mine.rules", rules, strlen(rules)};
    qw_chain *c = qw_chain_new(
        &(qw_chain_options){.filters = filters, .rules = &file, .nrules = *rules != 0}, &why);
    CHECK_STR(str_of(why.text[QW_ENGLISH]), STR(""));
    uint64_t value = c ? qw_chain_digest(c) : 0;
    qw_chain_free(c);
    return value;
}

static void digest_tells_chains_apart(void) {
    CHECK(digest("ads,blank", "") == digest(" ads , blank", ""));
    CHECK(digest("ads,blank", "") != digest("blank,ads", ""));
    CHECK(digest("ads,blank", "") != digest("ads", ""));
    CHECK(digest("ads:limit=80", "") != digest("ads:limit=81", ""));
    CHECK(digest("ads", "") != digest("ads", "# mine\n"));
    CHECK(digest("", "") != 0);
}

int main(void) {
    RUN(digest_tells_chains_apart);
    RUN(parses);
    RUN(says_what_is_wrong);
    RUN(options_keep_their_ranges);
    RUN(every_profile_compiles);
    RUN(every_filter_says_what_it_is);
    return check_result();
}
